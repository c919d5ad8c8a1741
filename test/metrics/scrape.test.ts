import { once } from 'node:events';
import { createServer as createTcpServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { Gauge, Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Note, RunEvent, Scrape } from '../../core/event.ts';
import { Mistakes } from '../../core/mistake.ts';
import type { MetricsPage, MetricsSource } from '../../core/target.ts';
import { scrapes } from '../../metrics/scrape.ts';
import { eventsOf } from '../support/watched-run.ts';
import { type WebServer, webServer } from '../support/web-server.ts';

const scrapesIn = (events: readonly RunEvent[]) => events.filter((event): event is Scrape => event.kind === 'scrape');
const notesIn = (events: readonly RunEvent[]) => events.filter((event): event is Note => event.kind === 'note');
const atLeast = (count: number) => (events: readonly RunEvent[]) => scrapesIn(events).length >= count;

const FAST = { intervalMs: 50 };

describe('scraping a source', () => {
  let server: WebServer;

  beforeEach(async () => {
    server = await webServer();
  });

  afterEach(async () => {
    await server.stop();
  });

  const source = (facts: Partial<MetricsPage> = {}): MetricsPage => ({
    kind: 'page',
    name: 'gateway',
    url: `${server.url}/metrics`,
    headers: {},
    indicators: {},
    ...facts,
  });

  it('records at once, and then once in every interval of the run that it can', async () => {
    server.answer((_, response) => response.end('up_since 5\n'));
    const events = scrapesIn(await eventsOf(scrapes([source()], { intervalMs: 200 }), atLeast(5)));
    expect(events[0]).toMatchObject({
      kind: 'scrape',
      source: 'gateway',
      up: 1,
      indicators: {},
      series: { up_since: 5 },
    });
    // Timers may fire a little early, and as late as they like.
    for (const [index, { at }] of events.entries()) expect(at).toBeGreaterThanOrEqual(index * 200 - 5);
    for (const { took } of events) expect(took).toBeGreaterThan(0);
    const rarely = scrapesIn(await eventsOf(scrapes([source()], { intervalMs: 3_600_000 }), atLeast(1)));
    expect(rarely).toHaveLength(1);
  });

  it('adds up indicators every time and tells only the series that changed', async () => {
    let asked = 0;
    server.answer((_, response) => {
      asked += 1;
      const lines = ['# TYPE in_queue gauge', 'in_queue{of="hash"} 3', 'in_queue{of="mail"} 4', `asked ${asked}`];
      response.end(`${[...lines, ...(asked === 2 ? [] : ['now_and_then 1'])].join('\n')}\n`);
    });
    const indicators = { 'login.queue': 'in_queue', participants: 'nobody_tells' };
    const events = scrapesIn(await eventsOf(scrapes([source({ indicators })], FAST), atLeast(3)));
    expect(events.slice(0, 3).map(({ indicators }) => indicators)).toEqual(Array(3).fill({ 'login.queue': 7 }));
    expect(events.slice(0, 3).map(({ series }) => series)).toEqual([
      { 'in_queue{of="hash"}': 3, 'in_queue{of="mail"}': 4, asked: 1, now_and_then: 1 },
      { asked: 2 },
      { asked: 3, now_and_then: 1 },
    ]);
  });

  it('reads what prom-client answers, in both formats', async () => {
    for (const contentType of [Registry.PROMETHEUS_CONTENT_TYPE, Registry.OPENMETRICS_CONTENT_TYPE]) {
      const registry = new Registry();
      registry.setContentType(contentType as typeof Registry.PROMETHEUS_CONTENT_TYPE);
      new Gauge({ name: 'queue_length', help: 'Queue', registers: [registry] }).set(12);
      server.answer(async (_, response) => {
        response.setHeader('content-type', registry.contentType).end(await registry.metrics());
      });
      const actor = scrapes([source({ indicators: { 'login.queue': 'queue_length' } })], FAST);
      const [event] = scrapesIn(await eventsOf(actor, atLeast(1)));
      expect(event?.indicators).toEqual({ 'login.queue': 12 });
    }
  });

  it('leaves NaN and infinity out of series and indicators, which stay valid JSON', async () => {
    server.answer((_, response) => response.end('a NaN\nb{c="1"} +Inf\nb{c="2"} 5\nd 1e308\n'));
    const indicators = { 'login.queue': 'b', participants: 'a' };
    const [event] = scrapesIn(await eventsOf(scrapes([source({ indicators })], FAST), atLeast(1)));
    expect(event).toMatchObject({ indicators: { 'login.queue': 5 }, series: { 'b{c="2"}': 5, d: 1e308 } });
    expect(JSON.parse(JSON.stringify(event))).toEqual(event);
  });

  it('records so many series at most, those of indicators first, and notes once what it leaves out', async () => {
    let asked = 0;
    const many = () => Array.from({ length: 20 }, (_, n) => `s{n="${n}"} ${asked}\n`).join('');
    server.answer((_, response) => {
      asked += 1;
      response.end(`${many()}last ${asked}\nnone NaN\n`);
    });
    const indicators = { 'login.queue': 's', participants: 'last' } as const;
    const both = await eventsOf(scrapes([source({ indicators })], { ...FAST, mostSeries: 5 }), atLeast(3));
    expect(Object.keys(scrapesIn(both)[0]?.series ?? {})).toHaveLength(5);
    expect(scrapesIn(both).map((event) => event.indicators['login.queue'])).toEqual(
      scrapesIn(both).map((_, n) => 20 * (n + 1)),
    );
    const last = await eventsOf(
      scrapes([source({ indicators: { participants: 'last' } })], { ...FAST, mostSeries: 3 }),
      atLeast(3),
    );
    for (const { series } of scrapesIn(last)) expect(Object.keys(series)).toEqual(['last', 's{n="0"}', 's{n="1"}']);
    expect(notesIn(last).map(({ says }) => says)).toEqual([
      'metrics of gateway: 18 of 21 series are not recorded; indicators are read from all of them',
    ]);
  });

  it('asks like Prometheus, with the headers of the source, and the user of its URL in one', async () => {
    const seen: Record<string, unknown>[] = [];
    server.answer((request, response) => {
      seen.push({ ...request.headers, method: request.method, path: request.url });
      response.end('a 1\n');
    });
    const url = `${server.url.replace('//', '//us%40er:p%3Aw@')}/metrics?module=x`;
    await eventsOf(scrapes([source({ url, headers: { 'X-Tenant': 'a' } })], FAST), atLeast(1));
    expect(seen[0]).toMatchObject({
      method: 'GET',
      path: '/metrics?module=x',
      'x-tenant': 'a',
      authorization: `Basic ${Buffer.from('us@er:p:w').toString('base64')}`,
      'accept-encoding': 'identity',
      'x-prometheus-scrape-timeout-seconds': '2',
    });
    expect(seen[0]?.accept).toMatch(/^application\/openmetrics-text;version=1\.0\.0.*text\/plain;version=0\.0\.4;q=/);
    const own = { Authorization: 'Bearer other', accept: 'text/plain' };
    await eventsOf(scrapes([source({ url, headers: own })], FAST), atLeast(1));
    expect(seen.at(-1)).toMatchObject({ authorization: 'Bearer other', accept: 'text/plain' });
  });

  it('goes on when the target dies and comes back', async () => {
    let value = 0;
    server.answer((_, response) => {
      value += 1;
      response.end(`a ${value}\nsteady 1\n`);
    });
    let state: 'up' | 'dead' | 'back' = 'up';
    const events = scrapesIn(
      await eventsOf(scrapes([source()], FAST), (events) => {
        const seen = scrapesIn(events);
        const down = seen.findIndex(({ up }) => up === 0);
        if (state === 'up' && seen.length >= 2) {
          state = 'dead';
          server.stop();
        } else if (state === 'dead' && down >= 0 && seen.length > down + 2) {
          state = 'back';
          server.start();
        }
        return state === 'back' && (seen.at(-1)?.up ?? 0) === 1;
      }),
    );
    const down = events.filter(({ up }) => up === 0);
    expect(down.length).toBeGreaterThanOrEqual(2);
    for (const event of down) expect(event).toMatchObject({ indicators: {}, series: {} });
    expect(down.at(-1)?.error).toBe('connection refused (ECONNREFUSED)');
    expect(events[0]).not.toHaveProperty('error');
    expect(events.at(-1)?.series).toEqual({ a: value });
  });

  it.each<[string, Parameters<WebServer['answer']>[0], string | RegExp]>([
    ['answers with an error', (_, response) => response.writeHead(503).end('busy'), 'answered 503'],
    ['answers without content', (_, response) => response.writeHead(204).end(), 'answered 204'],
    [
      'redirects',
      (request, response) =>
        request.url === '/metrics' ? response.writeHead(302, { location: '/other' }).end() : response.end('a 1\n'),
      'answered 302, a redirect, which is not followed',
    ],
    [
      'answers with a page',
      (_, response) => response.setHeader('content-type', 'text/html').end('<html>Sign in</html>'),
      'malformed answer: line 1, column 1: expected a metric name',
    ],
    [
      'answers with half of an exposition',
      (_, response) => response.setHeader('content-type', 'application/openmetrics-text').end('a 1\nb 2'),
      'malformed answer: line 3, column 1: expected "# EOF" as the last line',
    ],
    [
      'answers with other bytes',
      (_, response) => response.end(Buffer.from([0x61, 0xff, 0x0a])),
      'answered what is not UTF-8',
    ],
    [
      'compresses unasked',
      (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync('a 1\n')),
      'answered compressed, unasked',
    ],
    [
      'breaks off',
      (_, response) => {
        response.writeHead(200, { 'content-length': 100 }).write('a 1\n');
        setTimeout(() => response.destroy(), 20);
      },
      /^connection (?:closed|reset) /,
    ],
    [
      'never ends',
      (_, response) => {
        const line = `# ${'x'.repeat(65_533)}\n`;
        const pour = () => {
          while (!response.destroyed && response.write(line));
        };
        response.on('drain', pour);
        pour();
      },
      'answered more than 16 MiB',
    ],
  ])('that %s records it as down', async (_, listener, error) => {
    server.answer(listener);
    const actor = scrapes([source()], { ...FAST, timeoutMs: 20_000 });
    const [event] = scrapesIn(await eventsOf(actor, atLeast(2)));
    expect(event).toMatchObject({ up: 0, error: expect.stringMatching(error), indicators: {}, series: {} });
  });

  it('that does not speak HTTP records it as down', async () => {
    const garbage = createTcpServer((socket) => socket.on('error', () => {}).end('220 mail ready\r\n')).listen(
      0,
      '127.0.0.1',
    );
    await once(garbage, 'listening');
    const { port } = garbage.address() as { port: number };
    const [event] = scrapesIn(
      await eventsOf(scrapes([source({ url: `http://127.0.0.1:${port}/` })], FAST), atLeast(1)),
    );
    garbage.close();
    expect(event?.error).toBe('answered something other than HTTP');
  });

  it('never has two requests under way, and makes up for none', async () => {
    const under = { way: 0, most: 0, all: 0 };
    server.answer(async (_, response) => {
      under.way += 1;
      under.all += 1;
      under.most = Math.max(under.most, under.way);
      await sleep(180);
      under.way -= 1;
      response.end('a 1\n');
    });
    const events = scrapesIn(await eventsOf(scrapes([source()], FAST), atLeast(4)));
    expect(under.most).toBe(1);
    expect(under.all).toBeLessThanOrEqual(events.length + 1);
    const apart = events.slice(1).map(({ at }, n) => at - (events[n]?.at ?? 0));
    for (const gap of apart) expect(gap).toBeGreaterThanOrEqual(170);
  });

  it('gives up on an answer that takes too long, and goes on', async () => {
    let asked = 0;
    server.answer((_, response) => {
      asked += 1;
      if (asked === 1) return;
      if (asked === 2) response.write('a 1\n');
      else response.end('a 1\n');
    });
    const actor = scrapes([source()], { ...FAST, timeoutMs: 150 });
    const events = scrapesIn(await eventsOf(actor, (seen) => scrapesIn(seen).some(({ up }) => up === 1)));
    for (const event of events.slice(0, 2)) {
      expect(event).toMatchObject({ up: 0, error: 'no whole answer within 150 ms' });
      expect(event.took).toBeGreaterThanOrEqual(140);
    }
    expect(events.at(-1)).toMatchObject({ up: 1, series: { a: 1 } });
  });

  it('lets one source not wait for another', async () => {
    server.answer((request, response) => {
      if (request.url === '/metrics') response.end('a 1\n');
    });
    const actor = scrapes([source(), source({ name: 'stuck', url: `${server.url}/stuck` })], {
      ...FAST,
      timeoutMs: 20_000,
    });
    const events = scrapesIn(await eventsOf(actor, atLeast(5)));
    expect(new Set(events.map(({ source }) => source))).toEqual(new Set(['gateway']));
  });

  it('ends with the run, stops what is under way, records nothing of it, and leaves no connection', async () => {
    let broken = 0;
    server.answer((request, response) => {
      if (request.url === '/metrics') response.end('a 1\n');
      else
        request.socket.once('close', () => {
          broken += 1;
        });
    });
    const slow = source({ name: 'stuck', url: `${server.url}/stuck` });
    const events = await eventsOf(scrapes([source(), slow], { ...FAST, timeoutMs: 60_000 }), atLeast(3));
    expect(scrapesIn(events).every(({ up }) => up === 1)).toBe(true);
    for (let n = 0; n < 100 && (await server.connections()) > 0; n += 1) await sleep(20);
    expect(await server.connections()).toBe(0);
    expect(broken).toBe(1);
  });

  it('tells no secret in what it records, whatever the target echoes', async () => {
    const secrets = ['hunter2', 'c2VjcmV0', 'tok3n', 'alice'];
    const echo: Parameters<WebServer['answer']>[0][] = [
      (request, response) => response.end(`${JSON.stringify(request.headers)} ${request.url}`),
      (request, response) => response.end(`a{b="${request.headers.authorization} ${request.url}`),
      (request, response) => response.writeHead(301, { location: request.url }).end(),
      (request) => request.socket.destroy(),
      (request, response) => response.socket?.end(`HTTP/1.1 ${request.url} ${request.headers['x-key']}\r\n\r\n`),
    ];
    for (const listener of echo) {
      server.answer(listener);
      const url = `${server.url.replace('//', '//alice:hunter2@')}/metrics?token=tok3n`;
      const events = await eventsOf(scrapes([source({ url, headers: { 'x-key': 'c2VjcmV0' } })], FAST), atLeast(2));
      expect(scrapesIn(events)[0]?.up).toBe(0);
      for (const secret of secrets) expect(JSON.stringify(events)).not.toContain(secret);
    }
    await server.stop();
    const url = `${server.url.replace('//', '//alice:hunter2@')}/metrics?token=tok3n`;
    const events = await eventsOf(scrapes([source({ url })], FAST), atLeast(1));
    for (const secret of secrets) expect(JSON.stringify(events)).not.toContain(secret);
  });
});

describe('sources that cannot be scraped', () => {
  it('are refused before the run, all at once and without a secret', () => {
    const sources: MetricsSource[] = [
      {
        kind: 'page',
        name: 'a',
        url: 'ftp://alice:hunter2@host/',
        headers: {},
        indicators: { 'login.queue': 'x{', participants: 'ok' },
      },
      {
        kind: 'page',
        name: 'b',
        url: 'not a URL hunter2',
        headers: { 'x-key': 'hunter2\r\nx: y', 'bad name': 'v' },
        indicators: {},
      },
      { kind: 'page', name: 'a', url: 'https://host/metrics', headers: {}, indicators: {} },
    ];
    expect(() => scrapes(sources)).toThrow(Mistakes);
    expect(() => scrapes(sources)).toThrow(
      [
        'metrics.a.url: is not an http or https URL (write it like http://host:9090/metrics)',
        'metrics.a.indicators.login.queue: expected a label name or "}" at character 3 of x{ (write it like name{label="value",other=~"a|b"})',
        'metrics.b.url: is not an http or https URL (write it like http://host:9090/metrics)',
        'metrics.b.headers.x-key: cannot be sent as a header (keep to one line of plain text)',
        'metrics.b.headers.bad name: cannot be sent as a header (keep to one line of plain text)',
        'metrics.a: is the name of two sources (give each its own)',
      ].join('\n'),
    );
  });
});
