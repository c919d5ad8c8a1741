import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { parseHttpDeclaration } from '../../../targets/http/schema.ts';
import { httpTarget } from '../../../targets/http/target.ts';
import { referenceDeclaration } from '../../../targets/reference/declaration.ts';
import { pathsOf } from '../../../targets/reference/edge/bundle.ts';
import type { RunningReference } from '../../../targets/reference/start.ts';
import { ask, describeWithReference, eventually, metric, person, startForTest } from '../../support/reference.ts';
import { tinyTransport } from '../../support/tiny-transport.ts';

describeWithReference('the web client of a reference target', () => {
  const transport = tinyTransport(60_000);
  afterAll(() => transport.close());

  const visit = async (reference: RunningReference) => {
    const declaration = parseHttpDeclaration(referenceDeclaration(reference), 'targets.reference', {});
    await httpTarget('reference', declaration)
      .client(transport, { index: 0, ...person(0) })
      .fetchAssets?.();
  };
  const sentBy = async ({ metricsUrl }: { readonly metricsUrl: string }, series = 'bytes_total') => {
    const lines = (await (await fetch(metricsUrl)).text()).split('\n');
    return Number(lines.find((line) => line.startsWith(`reference_edge_${series} `))?.split(' ')[1]);
  };
  const end = async (reference: RunningReference, name: string) => {
    const pid = reference.processes.find((process) => process.name === name)?.pid;
    process.kill(pid ?? Number.NaN, 'SIGKILL');
    await eventually(() => reference.processes.find((process) => process.name === name)?.pid !== pid);
  };

  test('is 160 kB from one edge after the other, each of which counts it', async () => {
    const reference = await startForTest('2020', { edges: true });
    for (let visits = 0; visits < 2; visits += 1) await visit(reference);
    for (const edge of reference.edges) {
      expect(await sentBy(edge)).toBe(160_000);
      expect(await sentBy(edge, 'connections')).toBeGreaterThan(0);
    }
    expect(reference.processes.map(({ name }) => name)).toEqual(['gateway', 'postgres', 'edge-1', 'edge-2']);
    // There is nothing to be had from the origin.
    expect((await ask(`${reference.url}${pathsOf('slim')[0]}`)).status).toBe(404);
    await reference.stop();
  });

  test('is a tenth of it from the gateway where an edge fails, in a target that is hardened', async () => {
    const deaths: string[] = [];
    const away = { host: '127.0.0.1', port: 9 };
    const reference = await startForTest('hardened', {
      edges: true,
      onDeath: ({ process }) => deaths.push(process),
      route: async (service, upstream, process) => (service === 'cdn' && process === 'edge-1' ? away : upstream),
    });
    for (let visits = 0; visits < 2; visits += 1) await visit(reference);
    expect(await metric(reference, 'reference_origin_requests_total')).toBe(1);
    const [, second] = reference.edges;
    if (!second) throw new Error('there is no second edge');
    expect(await sentBy(second)).toBe(160_000);
    // An edge that ends is there again, where it was, and its pid file names it.
    await end(reference, 'edge-2');
    expect(deaths).toEqual(['edge-2']);
    const means = reference.services.cdn?.find(({ part }) => part === 'edge-2');
    const file = means?.by === 'process' && typeof means.pid === 'object' ? means.pid.file : '';
    const now = reference.processes.find(({ name }) => name === 'edge-2')?.pid;
    await eventually(() => readFileSync(file, 'utf8') === `${now}\n`);
    expect(await sentBy(second)).toBe(0);
    await reference.stop();
  });
});
