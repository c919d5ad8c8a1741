import { type Intent, IntentLog } from './intents.ts';
import { processIdentity } from './process-identity.ts';
import { startWatchdog, type Watchdog } from './watchdog.ts';

/** What is done to a target in a run, written down and watched over. */
export interface Guard {
  /** The run's part of the names of its faults: `st_<run>_<n>`. */
  readonly run: string;
  /** Where its intent log is. */
  readonly folder: string;
  /** Notes what is about to be done; throws when it cannot be noted, and then it must not be done. */
  intend(intent: Omit<Intent, 'owner'>): void;
  applied(name: string): void;
  undone(name: string): void;
  /** What may still be in place. */
  open(): readonly Intent[];
  /** Ends the watch; what is open is left to the watchdog, and stays in the log until it is undone. */
  close(): void;
}

/** Begins to guard a run; a watchdog is started with its first intention. */
export function guardOf(folder: string, run: string): Guard {
  const log = IntentLog.of(folder, run);
  const owner = processIdentity(process.pid);
  if (!owner) throw new Error('this process cannot be told from others');
  let watchdog: Watchdog | undefined;
  return {
    run,
    folder,
    intend(intent) {
      log.intend({ ...intent, owner });
      watchdog ??= startWatchdog(log.file);
    },
    applied: (name) => log.applied(name),
    undone: (name) => log.undone(name, 'owner'),
    open: () => log.open(),
    close: () => watchdog?.close(),
  };
}
