import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from './server/server.ts';
import type { Meanwhile } from './trial.ts';

/** Long enough for everybody to have started, and for what is hot to be compiled. */
const WARM_UP = 3_000;
const SHORTEST = 2_000;
/** Nobody's load has ended so long before its time. */
const MARGIN = 500;

/**
 * Watches what a load generator costs between two moments of full load, in CPU seconds per 10,000 requests; undefined
 * when its load is too short to tell.
 */
export function warmCost(server: Server, seconds: number): Meanwhile<number | undefined> {
  const between = seconds * 1_000 - WARM_UP - MARGIN;
  return async (process, signal) => {
    if (between < SHORTEST) return undefined;
    const reading = async () => ({ cpu: process.cpuSoFar(), seen: await server.seen() });
    await sleep(WARM_UP, undefined, { signal });
    const first = await reading();
    await sleep(between, undefined, { signal });
    const last = await reading();
    if (first.cpu === undefined || last.cpu === undefined || last.seen <= first.seen) return undefined;
    return ((last.cpu - first.cpu) / (last.seen - first.seen)) * 10_000;
  };
}
