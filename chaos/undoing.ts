import { unlink } from 'node:fs/promises';
import { COMMAND_LIMIT, finds, ran } from './shell.ts';
import type { CommandUndo, Undo } from './undo.ts';
import { existing } from './undoing/existing.ts';
import { continued, ended } from './undoing/processes.ts';
import { quotaRestored } from './undoing/quota.ts';
import { restarted } from './undoing/restart.ts';

/** What it takes of a Toxiproxy to undo faults there; both look afterwards whether it is so, and reject when it is not. */
export interface ToxiproxyUndoing {
  /** Takes a toxic away; one that is not there, or whose proxy is not, is gone already. */
  removeToxic(undo: Extract<Undo, { kind: 'toxic' }>): Promise<void>;
  setEnabled(undo: Extract<Undo, { kind: 'enabled' }>): Promise<void>;
}

/**
 * Undoes what was done to a target and looks whether it is really undone. It may be called again, by any process, also
 * when the fault never came to be. Rejects with what is still there.
 */
export async function undone(undo: Undo, toxiproxy: ToxiproxyUndoing): Promise<void> {
  switch (undo.kind) {
    case 'all':
      return all(undo.parts, toxiproxy);
    case 'fleeting':
      return;
    case 'holder':
      return ended(undo.process);
    case 'continue':
      return continued(undo.process);
    case 'restart':
      return restarted(undo);
    case 'cgroup':
      return quotaRestored(undo.file, undo.content);
    case 'file':
      return existing(unlink(undo.path));
    case 'command':
      return lifted(undo);
    case 'toxic':
      return toxiproxy.removeToxic(undo);
    case 'enabled':
      return toxiproxy.setEnabled(undo);
  }
}

/** One after another, and all of them: what fails keeps nothing else from being undone. */
async function all(parts: readonly Undo[], toxiproxy: ToxiproxyUndoing): Promise<void> {
  const failures: unknown[] = [];
  for (const part of parts) await undone(part, toxiproxy).catch((error: unknown) => failures.push(error));
  if (failures.length === 0) return;
  throw new AggregateError(
    failures,
    failures.map((error) => (error instanceof Error ? error.message : error)).join('; '),
  );
}

async function lifted({ command, prove, environment }: CommandUndo): Promise<void> {
  const { code, says } = await ran(command, { limit: COMMAND_LIMIT, environment });
  const { inPlace, says: found } = await finds(prove, environment);
  if (inPlace === false) return;
  throw new Error(`\`${command}\` ${code === 0 ? 'succeeded' : says}, and \`${prove}\` ${found}`);
}
