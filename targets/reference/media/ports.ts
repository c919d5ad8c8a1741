import { randomInt } from 'node:crypto';

/**
 * Ports that no operating system gives out by itself: a server that is started again at its port must not find it taken by
 * a client that has come meanwhile.
 */
const RANGE = { from: 10_000, to: 32_000 };
const MOST_TRIES = 50;

/** Opens something at a port; 0 tries some until one is free. */
export async function atFreePort<Opened>(port: number, open: (port: number) => Promise<Opened>): Promise<Opened> {
  if (port !== 0) return open(port);
  for (let tries = 1; ; tries += 1) {
    try {
      return await open(randomInt(RANGE.from, RANGE.to));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || tries === MOST_TRIES) throw error;
    }
  }
}
