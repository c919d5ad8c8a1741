import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from './server/server.ts';
import type { Meanwhile } from './trial.ts';

/** A server that does nothing for a while: when, from the start of the client, and for how long, in milliseconds. */
export interface Freeze {
  readonly after: number;
  readonly lasting: number;
}

/** Stops a server as a debugger would and lets it go on; gives how long it stood still. */
export function frozen({ pid }: Server, { after, lasting }: Freeze): Meanwhile<number> {
  return async (_, signal) => {
    await sleep(after, undefined, { signal });
    const began = performance.now();
    process.kill(pid, 'SIGSTOP');
    try {
      await sleep(lasting, undefined, { signal });
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    return performance.now() - began;
  };
}

/**
 * The quantile of what people feel of a stall (milliseconds) when they come at a constant rate for so many seconds and
 * wait only for the stall to end: whoever comes as it begins waits for all of it, whoever comes later for what is left.
 */
export function feltQuantile(share: number, stall: number, seconds: number): number {
  return Math.max(0, stall - (1 - share) * seconds * 1_000);
}
