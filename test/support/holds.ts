import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again whether something is so, for so many milliseconds; tells whether it was. */
export async function holds(found: () => Promise<boolean>, within = 15_000): Promise<boolean> {
  for (const end = performance.now() + within; performance.now() < end; await sleep(50)) if (await found()) return true;
  return false;
}
