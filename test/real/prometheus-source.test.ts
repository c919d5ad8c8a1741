import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Note, RunEvent, Scrape } from '../../core/event.ts';
import { EXIT } from '../../core/exit.ts';
import type { MetricsPage, PrometheusServer } from '../../core/target.ts';
import type { Halt } from '../../metrics/halts/halt.ts';
import { halting } from '../../metrics/halts.ts';
import { tryQueries } from '../../metrics/prometheus/preflight.ts';
import { scrapes } from '../../metrics/scrape.ts';
import { eventually, type Prometheus, startPrometheus } from '../support/prometheus.ts';
import { describeWith } from '../support/real-part.ts';
import { eventsOf } from '../support/watched-run.ts';
import { type WebServer, webServer } from '../support/web-server.ts';

const FAST = { intervalMs: 200, queryIntervalMs: 200 };

/** What the target tells of itself; changed by tests. */
let queue: number;
/** Whether it tells a series with the time its samples were taken: Prometheus does not see the end of such series. */
let stamps: boolean;

const page = () =>
  [
    '# TYPE auth_queue_length gauge',
    `auth_queue_length{pool="hash"} ${queue}`,
    'auth_queue_length{pool="mail"} 4',
    '# TYPE auth_logins_total counter',
    'auth_logins_total{result="ok"} 1234',
    'auth_logins_total{result="denied"} 5',
    ...(stamps ? [`stamped_queue_length 9 ${Date.now()}`] : []),
    'nothing_at_all NaN',
    '',
  ].join('\n');

describeWith('prometheus', 'a real Prometheus server as a source', () => {
  let target: WebServer;
  let prometheus: Prometheus;

  beforeAll(async () => {
    target = await webServer((_, response) => response.setHeader('content-type', 'text/plain').end(page()));
    prometheus = await startPrometheus([{ name: 'auth', url: `${target.url}/metrics` }], 600_000);
  });

  beforeEach(async () => {
    queue = 7;
    stamps = false;
    await target.stop();
    await target.start();
    await eventually('the target is scraped', async () => (await answerTo('auth_queue_length{pool="hash"}')) === 7);
  });

  afterAll(async () => {
    await prometheus?.stop();
    await target?.stop();
  });

  const source = (facts: Partial<PrometheusServer> = {}): PrometheusServer => ({
    ...{ kind: 'prometheus', name: 'prom', url: prometheus.url, headers: {} },
    ...{ queries: {}, watched: [], maxAge: 30_000 },
    ...facts,
  });

  const answerTo = async (query: string): Promise<number | undefined> => {
    const { result } = await prometheus.ask<{ result: { value: [number, string] }[] }>('query', { query });
    return result[0] && Number(result[0].value[1]);
  };

  it('tells what the page of the target says', async () => {
    const own: MetricsPage = {
      ...{ kind: 'page', name: 'page', url: `${target.url}/metrics`, headers: {} },
      indicators: { 'login.queue': 'auth_queue_length', 'login.success': 'auth_logins_total{result="ok"}' },
    };
    const asked = source({
      queries: {
        'login.queue': 'sum(auth_queue_length{job="auth"})',
        'login.success': 'auth_logins_total{job="auth",result="ok"}',
        'login.refused': 'auth_logins_total{result=~"ok|denied"}',
        participants: 'nothing_at_all',
        'requests.active': 'no_such_metric',
        'database.pool.used': 'scalar(sum(auth_queue_length)) * 2',
        'database.pool.waiting': '1 / 0',
      },
    });
    const events = await eventsOf(scrapes([own, asked], FAST), (seen) => lookOf(seen, 'prom').length >= 3);
    expect(lookOf(events, 'page').at(-1)?.indicators).toEqual({ 'login.queue': 11, 'login.success': 1_234 });
    expect(lookOf(events, 'prom').at(-1)).toMatchObject({
      up: 1,
      indicators: {
        'login.queue': 11,
        'login.success': 1_234,
        'login.refused': 1_239,
        'database.pool.used': 22,
      },
    });
    expect(Object.keys(lookOf(events, 'prom').at(-1)?.indicators ?? {})).toHaveLength(4);
    expect(notesIn(events)).toEqual(
      expect.arrayContaining([
        'metrics of prom: login.refused came as 2 series, which are added up',
        expect.stringMatching(/does not limit the age of samples; .* in: scalar\(sum\(auth_queue_length\)\) \* 2/),
      ]),
    );
  });

  it('follows what changes there', async () => {
    const asked = source({ queries: { 'login.queue': 'max(auth_queue_length)' } });
    const events = await eventsOf(scrapes([asked], FAST), (seen) => {
      const last = lookOf(seen, 'prom').at(-1)?.indicators['login.queue'];
      if (last === 7) queue = 612;
      return last === 612;
    });
    const told = new Set(lookOf(events, 'prom').map(({ indicators }) => indicators['login.queue']));
    expect(told).toEqual(new Set([7, 612]));
  });

  it('tells nothing of a target that died, and tells of it again when it is back', async () => {
    const asked = source({
      queries: { 'login.queue': 'sum(auth_queue_length)', 'login.success': 'auth_logins_total{result="ok"}' },
      watched: ['max(up{job="auth"})'],
    });
    let state: 'up' | 'dead' | 'back' = 'up';
    const events = await eventsOf(scrapes([asked], FAST), (seen) => {
      const last = lookOf(seen, 'prom').at(-1);
      const tells = Object.keys(last?.indicators ?? {}).length;
      if (state === 'up' && tells === 2) {
        state = 'dead';
        target.stop();
      } else if (state === 'dead' && last && tells === 0) {
        state = 'back';
        target.start();
      }
      return state === 'back' && tells === 2;
    });
    const looks = lookOf(events, 'prom');
    // The server answers all the time: it is not the server that tells nothing.
    expect(looks.every(({ up }) => up === 1)).toBe(true);
    const ups = looks.flatMap(({ series }) => series['max(up{job="auth"})'] ?? []);
    expect(ups).toEqual([1, 0, 1]);
    const [downAt, upAt] = [
      looks.findIndex((look) => saysUp(look) === 0),
      looks.findLastIndex((look) => saysUp(look) === 1),
    ];
    // As soon as the server knows, and all the time that it is down.
    for (const { indicators } of looks.slice(downAt + 1, upAt)) expect(indicators).toEqual({});
  });

  it('tells nothing that is too old, though the server itself would go on telling it', async () => {
    stamps = true;
    await eventually('a stamped sample', async () => (await answerTo('stamped_queue_length')) === 9);
    await target.stop();
    const died = Date.now();
    const asked = source({
      queries: { 'login.queue': 'sum(stamped_queue_length)', participants: 'sum(stamped_queue_length) * 1' },
      maxAge: 4_000,
    });
    const events = await eventsOf(scrapes([asked], FAST), (seen) => {
      const last = lookOf(seen, 'prom').at(-1);
      return last !== undefined && last.indicators['login.queue'] === undefined;
    });
    expect(await answerTo('stamped_queue_length')).toBe(9);
    const last = lookOf(events, 'prom').at(-1);
    // Nor can the server be told: which queries that is so in is noted.
    expect(last?.indicators).toEqual({ participants: 9 });
    expect(notesIn(events)[0]).toMatch(/may be told for minutes on in: sum\(stamped_queue_length\) \* 1$/);
    expect(lookOf(events, 'prom')[0]?.indicators['login.queue']).toBe(9);
    expect(Date.now() - died).toBeGreaterThan(2_000);
  });

  describe('before a run', () => {
    const tried = (queries: Readonly<Record<string, string>>) => {
      const asked = Object.entries(queries).map(([where, query]) => ({ where, query }));
      return tryQueries([{ source: source(), where: 'metrics[0]', queries: asked }], new AbortController().signal);
    };

    it('is asked every query once: those without a value are told, which is no mistake', async () => {
      expect(await tried({ a: 'sum(auth_queue_length)', b: 'no_such_metric', c: 'nothing_at_all', d: 'up' })).toEqual([
        'b',
        'c',
      ]);
    });

    it('says what is wrong with every query, in its own words', async () => {
      const queries = {
        unclosed: 'sum(up',
        unknown: 'suum(up)',
        range: 'up[5m]',
        text: '"up"',
        pairs: 'auth_queue_length * on(job) auth_queue_length',
      };
      await expect(tried(queries)).rejects.toMatchObject({ exitCode: EXIT.notReady });
      const mend = '(it has to work in the expression browser of the server)';
      await expect(tried(queries)).rejects.toThrow(
        [
          `unclosed: the server cannot read the query: 1:7: parse error: unclosed left parenthesis ${mend}`,
          `unknown: the server cannot read the query: 1:1: parse error: unknown function with name "suum" ${mend}`,
          `range: the query gives a range, not a value ${mend}`,
          `text: the query gives a text, not a value ${mend}`,
          'pairs: the server cannot evaluate the query: found duplicate series for the match group {job="auth"}',
        ].join('\n'),
      );
    });
  });

  describe('halts a run', () => {
    /** Runs until it halts; gives with which words, and how long that took from `begins` on, in milliseconds. */
    const halted = async (halt: Partial<Halt>, asked: PrometheusServer, begins: () => unknown) => {
      const events: RunEvent[] = [];
      let began = Number.NaN;
      const watching = halting([{ ...HALT, ...halt }], scrapes([asked], FAST));
      const run = eventsOf(
        (handed) => watching({ ...handed, record: (event) => void events.push(event) }),
        () => {
          if (Number.isNaN(began) && lookOf(events, 'prom').length >= 3) {
            began = performance.now();
            begins();
          }
          return false;
        },
      );
      const thrown = await run.then(
        () => undefined,
        (reason: unknown) => reason as Error,
      );
      return { name: thrown?.name, says: thrown?.message, after: performance.now() - began, events };
    };

    const HALT: Halt = {
      watches: { indicator: 'login.queue' },
      sources: ['prom'],
      is: 'above',
      limit: 100,
      lasting: 2_000,
      missing: 'halt',
    };
    const queued = () => source({ queries: { 'login.queue': 'sum(auth_queue_length)' } });

    it('when an indicator is above its limit for its time', async () => {
      const { name, says, after } = await halted({ says: 'stop' }, queued(), () => {
        queue = 612;
      });
      expect({ name, says }).toEqual({ name: 'Halted', says: 'login.queue was above 100 for 2 s (616 at last): stop' });
      expect(after).toBeGreaterThan(1_900);
      expect(after).toBeLessThan(15_000);
    });

    it('when a query is below its limit for its time', async () => {
      const query = 'max(up{job="auth"})';
      const { says, after, events } = await halted(
        { watches: { query }, is: 'below', limit: 1 },
        source({ watched: [query] }),
        () => target.stop(),
      );
      expect(says).toBe('max(up{job="auth"}) was below 1 for 2 s (0 at last)');
      expect(after).toBeGreaterThan(1_900);
      expect(after).toBeLessThan(15_000);
      expect(lookOf(events, 'prom').flatMap(({ series }) => series[query] ?? [])).toEqual([1, 0]);
    });

    it('when the target dies and nothing is told of it any more', async () => {
      const { says, after } = await halted({}, queued(), () => target.stop());
      expect(says).toMatch(/^nothing was told of login\.queue for [5-9](\.\d)? s$/);
      expect(after).toBeGreaterThan(4_500);
      expect(after).toBeLessThan(20_000);
    });

    it('but not for missing data when that is to be ignored', async () => {
      const events = await eventsOf(halting([{ ...HALT, missing: 'ignore' }], scrapes([queued()], FAST)), (seen) => {
        if (seen.length === 3) target.stop();
        const silent = lookOf(seen, 'prom').filter(({ indicators }) => indicators['login.queue'] === undefined);
        return (silent.at(-1)?.at ?? 0) - (silent[0]?.at ?? 0) > 6_000;
      });
      expect(lookOf(events, 'prom').length).toBeGreaterThan(10);
    });

    it('when the server itself dies', async () => {
      const other = await startPrometheus([{ name: 'auth', url: `${target.url}/metrics` }]);
      try {
        const asked = { ...queued(), url: other.url };
        await eventually('the other server has scraped', async () => {
          const { result } = await other.ask<{ result: unknown[] }>('query', { query: 'auth_queue_length' });
          return result.length > 0;
        });
        const { says, after, events } = await halted({}, asked, () => other.stop());
        expect(says).toMatch(
          /^nothing was told of login\.queue for [5-9](\.\d)? s \(prom: login\.queue: connection (refused|closed|reset) \(\w+\)\)$/,
        );
        expect(after).toBeGreaterThan(4_500);
        expect(after).toBeLessThan(20_000);
        expect(lookOf(events, 'prom').at(-1)).toMatchObject({ up: 0, indicators: {} });
      } finally {
        await other.stop();
      }
    });
  });
});

function lookOf(events: readonly RunEvent[], source: string): Scrape[] {
  return events.filter((event): event is Scrape => event.kind === 'scrape' && event.source === source);
}

function notesIn(events: readonly RunEvent[]): string[] {
  return events.filter((event): event is Note => event.kind === 'note').map(({ says }) => says);
}

function saysUp({ series }: Scrape): number | undefined {
  return series['max(up{job="auth"})'];
}
