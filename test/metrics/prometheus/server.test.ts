import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Note, RunEvent, Scrape } from '../../../core/event.ts';
import type { PrometheusServer } from '../../../core/target.ts';
import { scrapes } from '../../../metrics/scrape.ts';
import { eventsOf } from '../../support/watched-run.ts';
import { type WebServer, webServer } from '../../support/web-server.ts';

/** What a server was asked. */
interface Asked {
  readonly path: string | undefined;
  readonly method: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly form: URLSearchParams;
}

const scrapesIn = (events: readonly RunEvent[]) => events.filter((event): event is Scrape => event.kind === 'scrape');
const notesIn = (events: readonly RunEvent[]) => events.filter((event): event is Note => event.kind === 'note');
const atLeast = (count: number) => (events: readonly RunEvent[]) => scrapesIn(events).length >= count;

const FAST = { queryIntervalMs: 50 };

/** What a real server does of itself only now and then, if ever. */
describe('a Prometheus server as a source', () => {
  let server: WebServer;
  let asked: Asked[];
  let answer: (form: URLSearchParams) => { status?: number; body: unknown };

  const value = (text: string, ...more: readonly string[]) => ({
    body: {
      status: 'success',
      data: { resultType: 'vector', result: [text, ...more].map((one) => ({ metric: {}, value: [1, one] })) },
    },
  });
  const malformed = { status: 400, body: { status: 'error', errorType: 'bad_data', error: 'lookback_delta' } };

  beforeEach(async () => {
    asked = [];
    answer = () => value('1');
    server = await webServer(async (request, response) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk as Uint8Array);
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      asked.push({ path: request.url, method: request.method, headers: request.headers, form });
      const { status = 200, body } = answer(form);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });

  afterEach(async () => {
    await server.stop();
  });

  const source = (facts: Partial<PrometheusServer> = {}): PrometheusServer => ({
    kind: 'prometheus',
    name: 'prom',
    url: server.url,
    headers: {},
    queries: {},
    watched: [],
    maxAge: 30_000,
    ...facts,
  });

  it('is asked with a form, as the API has it, below its address and with its headers', async () => {
    const url = `${server.url}/prefix/`;
    const headers = { Authorization: 'Bearer x' };
    await eventsOf(scrapes([source({ url, headers, queries: { 'login.queue': 'sum(queue)' } })], FAST), atLeast(1));
    expect(asked[0]).toMatchObject({
      path: '/prefix/api/v1/query',
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Bearer x' },
    });
    expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({
      query: 'sum(queue and (time() - timestamp(queue) <= 30))',
      timeout: '1.5',
      lookback_delta: '30',
    });
  });

  it('tells indicators, and what is watched besides as series that are recorded when they change', async () => {
    let looks = 0;
    answer = (form) => {
      if (form.get('query') === 'rate(b[1m])') return value(['5', '5', '6', 'NaN', '5'][looks++ % 5] ?? '');
      return form.get('lookback_delta') === 'malformed' ? malformed : value('3');
    };
    const asks = source({ queries: { 'login.queue': 'a + 1', participants: 'nobody' }, watched: ['rate(b[1m])'] });
    const events = scrapesIn(await eventsOf(scrapes([asks], FAST), atLeast(5)));
    for (const { up, indicators } of events)
      expect({ up, indicators }).toEqual({ up: 1, indicators: { 'login.queue': 3, participants: 3 } });
    expect(events.slice(0, 5).map(({ series, gone }) => ({ ...series, ...(gone && { gone }) }))).toEqual([
      { 'rate(b[1m])': 5 },
      {},
      { 'rate(b[1m])': 6 },
      { gone: ['rate(b[1m])'] },
      { 'rate(b[1m])': 5 },
    ]);
  });

  it('fails as a whole when one query does, and says which', async () => {
    answer = (form) =>
      form.get('query') === 'b / c'
        ? { status: 422, body: { status: 'error', errorType: 'execution', error: 's3cret' } }
        : value('3');
    const asks = source({ queries: { 'login.queue': 'a', participants: 'b / c' } });
    const [event] = scrapesIn(await eventsOf(scrapes([asks], FAST), atLeast(1)));
    expect(event).toMatchObject({
      up: 0,
      error: 'participants: the server cannot evaluate the query',
      indicators: {},
      series: {},
    });
  });

  it('notes once that a result has several series', async () => {
    answer = () => value('3', '4', 'NaN');
    const events = await eventsOf(scrapes([source({ queries: { 'login.queue': 'a' } })], FAST), atLeast(3));
    expect(scrapesIn(events)[0]?.indicators).toEqual({ 'login.queue': 7 });
    expect(notesIn(events).map(({ says }) => says)).toEqual([
      'metrics of prom: login.queue came as 2 series, which are added up',
    ]);
  });

  it('that bounds the age of samples is asked once whether it does, and needs no note', async () => {
    answer = (form) => (form.get('lookback_delta') === 'malformed' ? malformed : value('3'));
    const events = await eventsOf(scrapes([source({ queries: { 'login.queue': 'a + b' } })], FAST), atLeast(3));
    expect(notesIn(events)).toEqual([]);
    expect(asked.filter(({ form }) => form.get('lookback_delta') === 'malformed')).toHaveLength(1);
  });

  it('that does not is noted once, with the queries whose samples may linger', async () => {
    const asks = source({ queries: { 'login.queue': 'a + b', participants: 'sum(c)' }, watched: ['x > 1'] });
    const events = await eventsOf(scrapes([asks], FAST), atLeast(3));
    expect(notesIn(events).map(({ says }) => says)).toEqual([
      'metrics of prom: the server, unlike Prometheus from 2.43 on, does not limit the age of samples; what it stopped scraping may be told for minutes on in: a + b and x > 1',
    ]);
  });

  it('tells no secret in what is recorded, whatever it echoes', async () => {
    const echoes = [
      { status: 400, body: { status: 'error', errorType: 'bad_data', error: 'hunter2 tok3n' } },
      { status: 401, body: 'hunter2 tok3n' },
      { body: { status: 'success', data: { resultType: 'string', result: [1, 'tok3n'] }, warnings: ['hunter2'] } },
      { body: { status: 'error', errorType: 'tok3n', error: 'hunter2' } },
    ];
    for (const echo of echoes) {
      answer = () => echo;
      const url = server.url.replace('//', '//alice:hunter2@');
      const asks = source({ url, headers: { 'x-key': 'tok3n' }, queries: { 'login.queue': 'a' } });
      const events = await eventsOf(scrapes([asks], FAST), atLeast(1));
      expect(scrapesIn(events)[0]?.up).toBe(0);
      expect(JSON.stringify(events)).not.toMatch(/hunter2|tok3n/);
    }
  });

  it('is given up on when it takes too long', async () => {
    server.answer(() => {});
    const actor = scrapes([source({ queries: { 'login.queue': 'a' } })], { ...FAST, timeoutMs: 150 });
    const [event] = scrapesIn(await eventsOf(actor, atLeast(1)));
    expect(event).toMatchObject({ up: 0, error: 'login.queue: no whole answer within 150 ms' });
  });
});
