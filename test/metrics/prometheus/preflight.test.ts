import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT } from '../../../core/exit.ts';
import { Mistakes } from '../../../core/mistake.ts';
import type { PrometheusServer } from '../../../core/target.ts';
import { tryQueries } from '../../../metrics/prometheus/preflight.ts';
import { type WebServer, webServer } from '../../support/web-server.ts';

describe('trying the queries before a run', () => {
  let server: WebServer;

  beforeEach(async () => {
    server = await webServer();
  });

  afterEach(async () => {
    await server.stop();
  });

  const tried = (headers: Readonly<Record<string, string>> = {}, signal = new AbortController().signal) => {
    const source: PrometheusServer = {
      ...{ kind: 'prometheus', name: 'prom', url: server.url, headers },
      ...{ queries: {}, watched: [], maxAge: 30_000 },
    };
    const queries = ['a', 'b'].map((query) => ({ where: `metrics[0].queries.${query}`, query }));
    return tryQueries([{ source, where: 'metrics[0]', queries }], signal);
  };

  const mistakeOf = async (trying: Promise<unknown>): Promise<Mistakes> => {
    const thrown: unknown = await trying.then(
      () => undefined,
      (reason) => reason,
    );
    if (thrown instanceof Mistakes) return thrown;
    throw new Error(`no mistake: ${thrown}`);
  };

  it('tells one mistake of a server that does not answer, however many queries there are', async () => {
    await server.stop();
    const mistakes = await mistakeOf(tried());
    expect(mistakes.exitCode).toBe(EXIT.notReady);
    expect(mistakes.message).toBe(
      'metrics[0].prometheus: the Prometheus server cannot be asked: connection refused (ECONNREFUSED) (it is asked at /api/v1/query below its address)',
    );
  });

  it('tells one mistake of something that is no Prometheus server', async () => {
    server.answer((_, response) => response.writeHead(404).end('nothing here'));
    expect((await mistakeOf(tried())).message).toContain(
      'metrics[0].prometheus: the Prometheus server cannot be asked: answered 404',
    );
  });

  it('repeats what the server says of a query on one line, unless that holds what is sent to it', async () => {
    const error = 'parse error:\n\u001b[31mtok3n\u202e';
    server.answer((_, response) =>
      response.writeHead(400).end(JSON.stringify({ status: 'error', errorType: 'bad_data', error })),
    );
    const mend = '(it has to work in the expression browser of the server)';
    expect((await mistakeOf(tried())).message).toBe(
      ['a', 'b']
        .map(
          (query) => `metrics[0].queries.${query}: the server cannot read the query: parse error: [31mtok3n  ${mend}`,
        )
        .join('\n'),
    );
    expect((await mistakeOf(tried({ authorization: 'Bearer tok3n' }))).message).not.toContain('tok3n');
  });

  it('gives the places of queries without a value', async () => {
    server.answer((_, response) =>
      response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result: [] } })),
    );
    expect(await tried()).toEqual(['metrics[0].queries.a', 'metrics[0].queries.b']);
  });

  it('ends at once when the run is stopped, and leaves no connection', async () => {
    const stop = new AbortController();
    server.answer(() => stop.abort(new Error('enough')));
    await expect(tried({}, stop.signal)).rejects.toThrow('enough');
    await expect.poll(() => server.connections()).toBe(0);
  });
});
