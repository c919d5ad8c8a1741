import { describe, expect, it } from 'vitest';
import type { RunEvent, Scrape } from '../../core/event.ts';
import { agreementsOf } from '../../score/agreement.ts';
import { bottleneckOf } from '../../score/bottleneck.ts';
import { mechanismOf } from '../../score/mechanism.ts';
import { score } from '../../score/score.ts';
import { recordingOf, type Story, storyPlan } from '../support/recordings.ts';

/** Baseline 3 to 13 s, storm to 33 s, recovery to 57 s. */
const PLAN = storyPlan({}, { pace: 'quick' });

function told(scrape: (second: number) => Partial<Scrape> | undefined, story: Story = {}) {
  return recordingOf({ plan: PLAN, ...story, scrape });
}

function indicators(of: (second: number) => Scrape['indicators']) {
  return (second: number) => ({ indicators: of(second) });
}

describe("the target's own count of successes", () => {
  it('agrees with the clients within 5 %', () => {
    const counting = (factor: number) =>
      agreementsOf(told(indicators((second) => ({ 'login.success': second * 100 * factor }))));
    expect(counting(1)).toMatchObject([{ class: 'login', target: 5_600, client: 5_600, agrees: true, covers: true }]);
    expect(counting(1.05)).toMatchObject([{ agrees: true }]);
    expect(counting(1.06)).toMatchObject([{ agrees: false }]);
    expect(counting(0.94)).toMatchObject([{ agrees: false }]);
  });

  it('that disagrees lowers coverage by as much, and is said', () => {
    const judged = score(told(indicators((second) => ({ 'login.success': second * 75 }))));
    expect(judged.coverage.value).toBeCloseTo(0.75, 9);
    expect(judged.coverage.says).toContain(
      'login: the target counted 4200 successes, the clients 5600, more than 5 % apart',
    );
    expect(judged.verdict).toBe('inconclusive');
    expect(judged.agreement).toEqual([{ class: 'login', target: 4_200, client: 5_600, agrees: false }]);
  });

  it('is compared over the time it covers only, and that is said', () => {
    const recording = told((second) =>
      second >= 20 && second <= 40 ? { indicators: { 'login.success': second * 100 } } : undefined,
    );
    expect(agreementsOf(recording)).toMatchObject([{ target: 2_000, client: 2_000, agrees: true, covers: false }]);
    const { coverage } = score(recording);
    expect(coverage.value).toBe(1);
    expect(coverage.says).toContain("login: the target's own count covers only 20 s to 40 s of the run");
  });

  it('survives a restart of the counter', () => {
    const recording = told(indicators((second) => ({ 'login.success': (second < 30 ? second : second - 30) * 100 })));
    expect(agreementsOf(recording)).toMatchObject([{ target: 5_500, client: 5_600, agrees: true }]);
  });

  it('told at second hand may be of a moment before, and no more than that', () => {
    const metrics = [{ name: 'gateway', url: 'http://prom', indicators: [], oldest: 10_000 }];
    const lagging = (by: number, factor = 1) =>
      agreementsOf(
        told(
          indicators((second) => ({ 'login.success': Math.max(0, second - by) * 100 * factor })),
          { metrics },
        ),
      );
    // Every two seconds, as servers are asked, the last look falls up to two seconds short of the end.
    expect(lagging(0)).toMatchObject([{ target: 5_600, client: 5_600, agrees: true, covers: true }]);
    expect(lagging(10)).toMatchObject([{ target: 4_600, client: 5_600, agrees: true }]);
    expect(lagging(14)).toMatchObject([{ target: 4_200, client: 5_600, agrees: false }]);
    expect(lagging(0, 1.06)).toMatchObject([{ agrees: false }]);
    expect(
      agreementsOf(told(indicators((second) => ({ 'login.success': Math.max(0, second - 10) * 100 })))),
    ).toMatchObject([{ agrees: false }]);
  });

  it('of joins is of each time that somebody is let in, where people come into meetings again', () => {
    const join = { second: 20, scenario: 'teams', cohort: 'teams' } as const;
    const bin = { kind: 'bin', ...join, class: 'join', offered: 100, good: 100, first: 100, eventual: 100 } as const;
    const none = { breaches: {}, audio: { packets: 0, lost: 0 }, video: { packets: 0, lost: 0 } };
    const silent = { bytesReceived: 0, bytesSent: 0, freezes: 0, frozen: 0, watched: 0, jitter: [], roundTrip: [] };
    const comings = { admitted: 160, lost: 60, moved: 0, attempts: 60, first: 60, back: 60 };
    const events: RunEvent[] = [
      { ...bin, shed: 0, dropped: 0, attempts: 100, failed: {}, latency: [] },
      {
        ...{ kind: 'media', ...join, participants: 0, held: 0, ...none, ...silent, comings },
        ...{ audioDelay: [], videoDelay: [], early: [], late: [], mos: [] },
      },
      { ...bin, scenario: 'logins', cohort: 'everybody', shed: 0, dropped: 0, attempts: 100, failed: {}, latency: [] },
    ];
    const counter = indicators((second) => ({ 'join.success': second > 20 ? 260 : 0 }));
    expect(agreementsOf(told(counter, { events }))).toMatchObject([{ target: 260, client: 260, agrees: true }]);
  });

  it('counts late successes and people wrongly let in, and not those rightly denied', () => {
    const key = { second: 20, scenario: 'logins', class: 'login', cohort: 'everybody' } as const;
    const late = { kind: 'bin', ...key, offered: 700, good: 0, first: 0, eventual: 700 } as const;
    const events = [{ ...late, shed: 0, dropped: 0, attempts: 700, failed: { late: 700 }, latency: [] }];
    const impostors = { tried: 600, denied: 500, granted: 100 };
    const counter = indicators((second) => ({ 'login.success': second * 100 + (second > 20 ? 800 : 0) }));
    expect(agreementsOf(told(counter, { events, impostors }))).toMatchObject([{ target: 6_400, client: 6_400 }]);
  });

  it('may be one person off however few there are', () => {
    const few = (target: number) =>
      agreementsOf(
        told(
          indicators((second) => ({ 'login.success': second < 20 ? 0 : target })),
          { offered: (second) => (second === 19 ? 3 : 0) },
        ),
      );
    expect(few(4)).toMatchObject([{ target: 4, client: 3, agrees: true }]);
    expect(few(5)).toMatchObject([{ agrees: false }]);
  });

  it('is not asked of a target that does not count, or told once only', () => {
    expect(
      agreementsOf(told((second) => (second === 20 ? { indicators: { 'login.success': 5 } } : undefined))),
    ).toEqual([]);
    expect(agreementsOf(told(() => ({})))).toEqual([]);
  });
});

describe('the mechanism', () => {
  const inRecovery = (queue: number, departed: number) =>
    mechanismOf(
      told(
        indicators((second) =>
          second >= 33
            ? { 'login.queue': queue, 'login.queue.departed': departed }
            : { 'login.queue': 100, 'login.queue.departed': 100 },
        ),
      ),
    );

  it('is found where the ratio of means in its phase reaches what the profile says', () => {
    expect(inRecovery(600, 300)).toEqual({
      status: 'found',
      from: 'target',
      says: 'the queue is full of people who have left: in the recovery login.queue.departed came to 50 % of login.queue (300 logins of 600 on average), and 50 % is enough to show it',
    });
  });

  it('is not found where it does not, or where there was no queue at all', () => {
    expect(inRecovery(600, 299)).toMatchObject({ status: 'not found' });
    expect(inRecovery(0, 0)).toMatchObject({
      status: 'not found',
      says: expect.stringContaining('login.queue was 0 throughout'),
    });
  });

  it('is not covered where the target tells nothing of it in that phase', () => {
    expect(mechanismOf(told(() => undefined)).status).toBe('not covered');
    expect(mechanismOf(told(indicators(() => ({ 'login.queue': 5 }))))).toEqual({
      status: 'not covered',
      from: 'target',
      says: 'whether the queue is full of people who have left is not known: the target told nothing of login.queue.departed in the recovery',
    });
    expect(mechanismOf(told(indicators(() => ({ 'login.queue.departed': 5 })))).says).toContain(
      'nothing of login.queue in',
    );
    const early = (second: number) =>
      second < 33 ? { indicators: { 'login.queue': 9, 'login.queue.departed': 9 } } : ({ up: 0 } as const);
    expect(mechanismOf(told(early)).status).toBe('not covered');
  });

  it('may be a mean by itself, of a gauge or of the growth of a counter', () => {
    const of = (indicator: 'login.queue' | 'login.wasted', atLeast: number) =>
      storyPlan(
        { mechanism: { says: 'work piles up', signs: [{ during: 'storm', indicator, atLeast }] } },
        { pace: 'quick' },
      );
    const scrape = indicators((second) => ({ 'login.queue': 80, 'login.wasted': second * 40 }));
    expect(mechanismOf(recordingOf({ plan: of('login.queue', 80), scrape }))).toMatchObject({
      status: 'found',
      says: expect.stringContaining('login.queue came to 80 on average, and 80 is enough'),
    });
    expect(mechanismOf(recordingOf({ plan: of('login.queue', 81), scrape })).status).toBe('not found');
    expect(mechanismOf(recordingOf({ plan: of('login.wasted', 40), scrape }))).toMatchObject({
      status: 'found',
      says: expect.stringContaining('login.wasted came to 40 a second'),
    });
  });

  it('may be that something was held down, or down to a range', () => {
    const of = (limits: { atMost: number; atLeast?: number }) =>
      storyPlan(
        {
          mechanism: {
            says: 'the paths are capped',
            signs: [{ during: 'storm', indicator: 'edge.bytes', over: 'edge.connections', ...limits }],
          },
        },
        { pace: 'quick' },
      );
    const capped = indicators((second) => ({ 'edge.bytes': second * 60_000, 'edge.connections': 3 }));
    const seen = (limits: { atMost: number; atLeast?: number }, scrape = capped) =>
      mechanismOf(recordingOf({ plan: of(limits), scrape }));
    expect(seen({ atMost: 20_000 })).toMatchObject({
      status: 'found',
      says: 'the paths are capped: in the storm edge.bytes came to 20000 for each of edge.connections (60000 bytes of 3 on average), and at most 20000 is enough to show it',
    });
    expect(seen({ atMost: 19_000 })).toMatchObject({
      status: 'not found',
      says: expect.stringContaining('and at most 19000 would show it'),
    });
    expect(seen({ atLeast: 10_000, atMost: 30_000 }).says).toContain('10000 to 30000 is enough');
    expect(seen({ atLeast: 21_000, atMost: 30_000 }).status).toBe('not found');
    const idle = indicators(() => ({ 'edge.bytes': 0, 'edge.connections': 0 }));
    expect(seen({ atMost: 20_000 }, idle).status).toBe('not found');
  });

  it('takes all of its signs, and says which one is missing', () => {
    const of = (least: number) => {
      const [queue, wasted] = [
        { during: 'storm', indicator: 'login.queue', atLeast: 80 },
        { during: 'recovery', indicator: 'login.wasted', atLeast: least },
      ] as const;
      return storyPlan({ mechanism: { says: 'work piles up', signs: [queue, wasted] } }, { pace: 'quick' });
    };
    const scrape = indicators((second) => ({ 'login.queue': 80, 'login.wasted': second * 40 }));
    expect(mechanismOf(recordingOf({ plan: of(40), scrape }))).toMatchObject({
      status: 'found',
      says: expect.stringMatching(/in the storm login\.queue .*; in the recovery login\.wasted came to 40 a second/),
    });
    expect(mechanismOf(recordingOf({ plan: of(41), scrape }))).toMatchObject({
      status: 'not found',
      says: 'no sign that work piles up: in the recovery login.wasted came to 40 a second, and 41 would show it',
    });
  });
});

describe('the bottleneck', () => {
  const saysOf = (of: (second: number) => Scrape['indicators']) =>
    bottleneckOf(told(indicators(of))).map(({ says }) => says);

  it('is the longest queue, with its peak, who is in it, where, and how it was before', () => {
    const says = saysOf((second) => ({
      'login.queue': second < 13 ? 2 : second === 40 ? 612 : 300,
      'login.queue.departed': second === 40 ? 588 : 100,
      'database.pool.waiting': second < 13 ? 0 : 20,
    }));
    expect(says).toEqual([
      'gateway: 612 logins waiting for their password check, 588 of them logins of people who had left (at 40 s, in the recovery; at most 2 in the baseline)',
      'gateway: 20 requests waiting for a database connection (at 13 s, in the storm; at most 0 in the baseline)',
    ]);
  });

  it('names a longer queue first, wherever it is', () => {
    const says = saysOf((second) => (second < 13 ? {} : { 'login.queue': 5, 'database.pool.waiting': 90 }));
    expect(says[0]).toContain('90 requests waiting for a database connection');
  });

  it('tells of what is scarce after the queues: lag, and CPU seconds a second', () => {
    const says = saysOf((second) => ({
      'eventloop.lag': second === 20 ? 0.85 : 0.01,
      'process.cpu': second < 13 ? second * 0.5 : 6.5 + (second - 13) * 1.9,
    }));
    expect(says).toEqual([
      'gateway: 0.85 s of event-loop lag (at 20 s, in the storm; at most 0.01 in the baseline)',
      'gateway: 1.9 CPU seconds a second in the storm (0.5 in the baseline)',
    ]);
  });

  it('is compared with the baseline, not with the warm-up', () => {
    expect(saysOf((second) => ({ 'login.queue': second < 3 ? 90 : second < 13 ? 1 : 50 }))).toHaveLength(1);
  });

  it('is not a rise too small to be told', () => {
    expect(saysOf((second) => ({ 'eventloop.lag': second < 13 ? 0.011 : 0.014 }))).toEqual([]);
  });

  it('says when the baseline is not known', () => {
    const says = saysOf((second) => (second < 13 ? {} : { 'login.queue': 5 }));
    expect(says).toEqual([
      'gateway: 5 logins waiting for their password check (at 13 s, in the storm; not known in the baseline)',
    ]);
  });

  it('is not what was just as high in the baseline, before it, or in the probe', () => {
    expect(saysOf((second) => ({ 'login.queue': second === 5 ? 50 : 49, 'process.cpu': second }))).toEqual([]);
    const probing = told(
      indicators((second) => ({ 'login.queue': second >= 57 ? 90 : 1 })),
      { until: 70 },
    );
    expect(bottleneckOf(probing)).toEqual([]);
  });

  it('is unknown when nothing is told', () => {
    expect(bottleneckOf(recordingOf({ plan: PLAN }))).toEqual([]);
    expect(bottleneckOf(told(() => ({ up: 0 })))).toEqual([]);
  });
});
