import { describe, expect, it } from 'vitest';
import { watchingOf } from '../../../cli/target/watching.ts';
import { parseHttpDeclaration } from '../../../targets/http/schema.ts';

function watching(written: object) {
  const whole = { url: 'http://127.0.0.1:8080', operations: { login: [{ request: 'GET /' }] }, ...written };
  return watchingOf(parseHttpDeclaration(whole, 'targets.mine', {}), 'targets.mine');
}

const PAGE = { name: 'auth', url: '/metrics', presets: ['process'], indicators: { 'login.queue': 'queue' } };
const SERVER = { name: 'prom', prometheus: 'https://prom.internal/', queries: { 'login.queue': 'sum(queue)' } };

describe('what is watched of a target', () => {
  it('is its pages with their presets, and its servers with what conditions ask of them', () => {
    const query = 'max(up)';
    const { metrics, halts } = watching({
      tls: { insecure: true },
      metrics: [PAGE, { ...SERVER, maxAge: '90s', headers: { authorization: 'x' } }],
      halts: [
        { query, below: 1, for: '10s', says: 'down' },
        { query, below: 0.5, for: '5s', missing: 'ignore' },
      ],
    });
    expect(metrics).toEqual([
      {
        kind: 'page',
        name: 'auth',
        url: 'http://127.0.0.1:8080/metrics',
        headers: {},
        insecure: true,
        indicators: {
          'login.queue': 'queue',
          'process.cpu': 'process_cpu_seconds_total',
          'process.memory': 'process_resident_memory_bytes',
          'process.started': 'process_start_time_seconds',
        },
      },
      {
        kind: 'prometheus',
        name: 'prom',
        url: 'https://prom.internal/',
        headers: { authorization: 'x' },
        insecure: false,
        queries: { 'login.queue': 'sum(queue)' },
        watched: [query],
        maxAge: 90_000,
      },
    ]);
    const terms = { watches: { query }, sources: ['prom'], is: 'below' };
    expect(halts).toEqual([
      { ...terms, limit: 1, lasting: 10_000, missing: 'halt', says: 'down' },
      { ...terms, limit: 0.5, lasting: 5_000, missing: 'ignore' },
    ]);
  });

  it('has conditions on an indicator look at every source that maps it, presets included, unless one is named', () => {
    const sourcesOf = (condition: object) =>
      watching({ metrics: [PAGE, SERVER], halts: [{ above: 5, for: '5s', ...condition }] }).halts[0]?.sources;
    expect(sourcesOf({ indicator: 'login.queue' })).toEqual(['auth', 'prom']);
    expect(sourcesOf({ indicator: 'login.queue', source: 'prom' })).toEqual(['prom']);
    expect(sourcesOf({ indicator: 'process.memory' })).toEqual(['auth']);
  });

  it('is told to be wrong all at once, with its place', () => {
    const metrics = [
      { ...PAGE, presets: ['proces'] },
      { ...PAGE, name: 'b', indicators: { 'login.queue': 'x{' } },
    ];
    const halts = [{ indicator: 'process.memory', above: 5, for: '5s' }];
    expect(() => watching({ metrics, halts })).toThrow(
      [
        'targets.mine.metrics[0].presets[0]: there is no preset "proces" (did you mean "process"?)',
        'targets.mine.metrics[1].indicators.login.queue: expected a label name or "}" at character 3 of x{ (write it like name{label="value",other=~"a|b"})',
      ].join('\n'),
    );
  });

  it('is told to be wrong where a condition watches what nobody tells', () => {
    const halts = [
      { indicator: 'participants', above: 5, for: '5s' },
      { indicator: 'login.queue', source: 'auth', above: 5, for: '5s' },
      { indicator: 'process.memory', source: 'prom', above: 5, for: '5s' },
    ];
    expect(() => watching({ metrics: [PAGE, SERVER], halts })).toThrow(
      [
        'targets.mine.halts[0].indicator: no source tells participants (map it in the indicators or queries of a source)',
        'targets.mine.halts[2].indicator: prom tells no process.memory (auth would)',
      ].join('\n'),
    );
  });
});
