import type { Bench, Section } from '../bench.ts';
import { measureProxies } from '../proxy/measure.ts';
import { proxyTables } from '../proxy/tables.ts';

/** Three loads, seven ways between the ends: each trial gets a share of the usual seconds. */
const shorter = (seconds: number) => Math.max(1, Math.round(seconds / 10));

/** What our embedded Toxiproxy passes on, and what that costs, beside the real one. */
export async function proxies(bench: Bench): Promise<Section> {
  const measured = await measureProxies({ ...bench, seconds: shorter(bench.seconds) });
  return {
    part: 'proxies',
    title: 'Toxiproxy: the embedded one and the real one',
    tables: proxyTables(measured),
    goals: [],
    notes: [
      ...measured.skipped,
      'Both ends in one process on the client core, the proxy on the server core. Median of the rounds.',
    ],
    figures: measured.trials,
  };
}
