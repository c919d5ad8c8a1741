import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE = 20_000;
const EVERY = 50;

/** Waits until a server that was started answers; it is stopped when it does not. */
export async function ready(answers: () => Promise<boolean>, stop: () => Promise<void>): Promise<void> {
  const until = performance.now() + PATIENCE;
  for (;;) {
    if (await answers().catch(() => false)) return;
    if (performance.now() > until) {
      await stop();
      throw new Error('a server did not answer in time');
    }
    await sleep(EVERY);
  }
}
