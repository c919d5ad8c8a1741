import { setTimeout as sleep } from 'node:timers/promises';

const AGAIN = 20;

/** Waits until something holds, at most so many milliseconds; tells whether it does. */
export async function comes(holds: () => boolean, within: number): Promise<boolean> {
  for (const end = performance.now() + within; !holds(); await sleep(AGAIN)) {
    if (performance.now() > end) return false;
  }
  return true;
}
