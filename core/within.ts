import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Whether a promise settles within so many milliseconds; rejects with what it rejects with in that time. The wait keeps
 * the process alive, and leaves no timer behind.
 */
export async function settlesWithin(ms: number, promise: Promise<unknown>): Promise<boolean> {
  const over = new AbortController();
  const late = sleep(ms, false, { signal: over.signal }).catch(() => false);
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    over.abort();
  }
}
