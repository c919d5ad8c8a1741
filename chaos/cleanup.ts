import { type Intent, type IntentLog, openLogs } from './intents.ts';
import { isAlive } from './process-identity.ts';
import type { Undo } from './undo.ts';

/** What was found in the intent logs of earlier runs, and what became of it. */
export interface Cleanup {
  readonly undone: readonly Intent[];
  /** Could not be undone, with why; it stays in its log. */
  readonly failed: readonly { readonly intent: Intent; readonly why: string }[];
  /** Belongs to a run that goes on. */
  readonly owned: readonly Intent[];
}

/** Undoes what runs have left whose process is gone; what belongs to a run that goes on is left to it. */
export async function cleanUp(folder: string, undo: (undo: Undo) => Promise<void>): Promise<Cleanup> {
  const open = openLogs(folder).flatMap((log) => log.open().map((intent) => ({ log, intent })));
  const owned = open.filter(({ intent }) => isAlive(intent.owner));
  const orphaned = open.filter(({ intent }) => !isAlive(intent.owner));
  const results = await Promise.all(orphaned.map(({ log, intent }) => attempted(log, intent, undo)));
  return {
    undone: results.flatMap(({ intent, why }) => (why === undefined ? intent : [])),
    failed: results.flatMap(({ intent, why }) => (why === undefined ? [] : { intent, why })),
    owned: owned.map(({ intent }) => intent),
  };
}

async function attempted(log: IntentLog, intent: Intent, undo: (undo: Undo) => Promise<void>) {
  try {
    await undo(intent.undo);
    log.undone(intent.name, 'cleanup');
    return { intent, why: undefined };
  } catch (error) {
    return { intent, why: error instanceof Error ? error.message : String(error) };
  }
}
