import { setTimeout as sleep } from 'node:timers/promises';
import type { IntentLog } from '../intents.ts';
import type { Undo } from '../undo.ts';

export interface Duty {
  readonly log: IntentLog;
  readonly undo: (undo: Undo) => Promise<void>;
  /** How long to go on trying what cannot be undone now, in milliseconds: a hung server may come back. */
  readonly persistence: number;
}

const AGAIN = 1_000;

/**
 * Undoes everything that is open in a run's log, each on its own so that none waits for another, and goes on trying what
 * fails. What is left after that stays in the log, for the next command to find.
 */
export async function relieve({ log, undo, persistence }: Duty): Promise<void> {
  const until = performance.now() + persistence;
  await Promise.all(
    log.open().map(async ({ name, undo: how }) => {
      while (!(await succeeds(undo(how)))) {
        if (performance.now() > until) return;
        await sleep(AGAIN);
      }
      log.undone(name, 'watchdog');
    }),
  );
}

async function succeeds(attempt: Promise<void>): Promise<boolean> {
  try {
    await attempt;
    return true;
  } catch {
    return false;
  }
}
