import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { httpDeclarationJsonSchema, parseHttpDeclaration } from '../../../targets/http/schema.ts';
import { mistakesIn } from './declared.ts';

const whole = { url: 'http://127.0.0.1:8080', operations: { login: [{ request: 'GET /' }] } };
const page = { name: 'auth', url: '/metrics' };
const queries = { 'login.queue': 'sum(auth_queue_length{job="auth"})' };
const server = { name: 'prom', prometheus: 'https://prom.internal', queries };
const halt = { query: 'max(up)', below: 1, for: '10s' };

describe('a source of metrics', () => {
  test('is a page or a Prometheus server, whose address and headers may come from the environment', () => {
    const { metrics } = parseHttpDeclaration(
      {
        ...whole,
        metrics: [page, { ...server, prometheus: '${env.PROM}', headers: { authorization: 'Bearer ${env.TOKEN}' } }],
      },
      'targets.mine',
      { PROM: 'https://prom.internal/prefix', TOKEN: 't' },
    );
    expect(metrics).toEqual([
      { name: 'auth', url: 'http://127.0.0.1:8080/metrics' },
      { ...server, prometheus: 'https://prom.internal/prefix', headers: { authorization: 'Bearer t' } },
    ]);
  });

  test.each<[string, object, string]>([
    [
      'queries on a page',
      { ...page, queries },
      'metrics[0].queries: does not belong here (selectors on a page are called indicators; for a Prometheus server write prometheus: and its address instead of url, and queries in PromQL)',
    ],
    [
      'selectors for a server',
      { name: 'prom', prometheus: 'https://prom.internal', indicators: { 'login.queue': 'x' } },
      'metrics[0].indicators: does not belong here (PromQL is called queries; on a page write its url instead of prometheus, and selectors as indicators)',
    ],
    [
      'presets for a server',
      { ...server, presets: ['node'] },
      'metrics[0].presets: does not belong here (presets are of selectors, which a server is not asked in; on a page write its url instead of prometheus, and selectors as indicators)',
    ],
    [
      'both addresses',
      { ...server, url: '/metrics' },
      'metrics[0].url: does not belong here (a source has a url or is a Prometheus server, not both)',
    ],
    [
      'no address',
      { name: 'a' },
      'metrics[0].url: is missing (an address, or a path below url: /metrics; prometheus: https://prom.internal for a Prometheus server)',
    ],
    [
      'an unknown indicator of a server',
      { ...server, queries: { 'login.que': 'x' } },
      'metrics[0].queries.login.que: is not known (did you mean login.queue?)',
    ],
    [
      'an address with a query',
      { ...server, prometheus: 'https://prom.internal/?x=1' },
      'metrics[0].prometheus: is not the address of metrics (write it as https://prom.internal, without a query)',
    ],
    [
      'an age that is no length of time',
      { ...server, maxAge: '5 min' },
      'metrics[0].maxAge: cannot be "5 min" (a length of time: 30s)',
    ],
    [
      'an age that nothing can have',
      { ...server, maxAge: '500ms' },
      'metrics[0].maxAge: 500ms is less than any server scrapes at (twice its scrape interval)',
    ],
    [
      'a server without a question',
      { name: 'prom', prometheus: 'https://prom.internal' },
      'metrics[0]: is asked nothing (give it queries, or a halt condition with a query)',
    ],
  ])('with %s is told with its place and mend', (_, source, mistake) => {
    expect(mistakesIn({ ...whole, metrics: [source] })).toEqual([`targets.staging.${mistake}`]);
  });
});

describe('a halt condition', () => {
  test('asks the only server there is, which needs no other question then', () => {
    const metrics = [page, { name: 'prom', prometheus: 'https://prom.internal' }];
    expect(parseHttpDeclaration({ ...whole, metrics, halts: [halt] }, 'targets.mine', {}).halts).toEqual([
      { ...halt, source: 'prom' },
    ]);
  });

  test.each<[string, object, string]>([
    [
      'watches nothing',
      { above: 1, for: '5s' },
      '[0]: has no query and no indicator (give it a query or an indicator to watch)',
    ],
    [
      'watches two things',
      { ...halt, indicator: 'login.queue' },
      '[0].indicator: stands beside query (make two conditions of it)',
    ],
    ['has no limit', { query: 'up', for: '5s' }, '[0]: has no above and no below (say above or below which number)'],
    ['has two limits', { ...halt, above: 3 }, '[0].below: stands beside above (make two conditions of it)'],
    [
      'asks a source that is not there',
      { ...halt, source: 'prome' },
      '[0].source: there is no source "prome" (did you mean prom?)',
    ],
    [
      'asks a page',
      { ...halt, source: 'auth' },
      '[0].source: "auth" is a page, which cannot be asked a query (watch an indicator of it instead)',
    ],
    ['has no time', { query: 'up', below: 1 }, '[0].for: is missing (a length of time: 10s)'],
    [
      'watches an unknown indicator',
      { indicator: 'login.que', above: 1, for: '5s' },
      '[0].indicator: cannot be "login.que" (did you mean login.queue?)',
    ],
    ['has no number for a limit', { ...halt, below: '1' }, '[0].below: cannot be a text (a number)'],
    ['does not know what to do', { ...halt, missing: 'stop' }, '[0].missing: cannot be "stop" (halt or ignore)'],
    ['is misspelt', { ...halt, missin: 'halt' }, '[0].missin: is not known (did you mean missing?)'],
  ])('that %s is told with its place and mend', (_, condition, mistake) => {
    expect(mistakesIn({ ...whole, metrics: [page, server], halts: [condition] })).toEqual([
      `targets.staging.halts${mistake}`,
    ]);
  });

  test('has to say which of several servers it asks, and has to have one', () => {
    const second = { ...server, name: 'second' };
    expect(mistakesIn({ ...whole, metrics: [server, second], halts: [halt] })).toEqual([
      'targets.staging.halts[0]: does not say which server to ask (source: prom or second)',
    ]);
    expect(mistakesIn({ ...whole, metrics: [page], halts: [halt] })).toEqual([
      'targets.staging.halts[0].query: has no Prometheus server to be asked of (name one in metrics, with prometheus: and its address)',
    ]);
  });

  test('is told all that is wrong with it at once, beside what is wrong elsewhere', () => {
    const metrics = [page, { name: 'prom', prometheus: 'prom.internal', queries }];
    const halts = [
      { query: 'up', for: '5s' },
      { above: 1, for: '5s', source: 'x' },
    ];
    expect(mistakesIn({ ...whole, metrics, halts }).map((mistake) => mistake.split(':')[0])).toEqual([
      'targets.staging.metrics[1].prometheus',
      'targets.staging.halts[0]',
      'targets.staging.halts[1]',
      'targets.staging.halts[1].source',
    ]);
  });
});

test('the JSON Schema accepts and refuses the same', () => {
  const validate = new Ajv2020({ strict: false }).compile(httpDeclarationJsonSchema());
  expect(validate({ ...whole, metrics: [page, { ...server, maxAge: '1m' }], halts: [halt] })).toBe(true);
  expect(validate({ ...whole, metrics: [{ ...page, queries }] })).toBe(false);
  expect(validate({ ...whole, metrics: [{ ...server, indicators: {} }] })).toBe(false);
  expect(validate({ ...whole, metrics: [{ ...server, maxAge: '1 m' }] })).toBe(false);
  expect(validate({ ...whole, halts: [{ ...halt, missing: 'stop' }] })).toBe(false);
});
