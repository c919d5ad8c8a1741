import { unlink } from 'node:fs/promises';
import { COMMAND_LIMIT, finds, ran } from './shell.ts';
import type { CommandUndo, Undo } from './undo.ts';
import { existing } from './undoing/existing.ts';
import { replaced } from './undoing/pod.ts';
import { continued, ended } from './undoing/processes.ts';
import { quotaRestored } from './undoing/quota.ts';
import { impairmentLifted } from './undoing/relay.ts';
import { restarted } from './undoing/restart.ts';
import { enabledAgain, proxyRemoved, toxicRemoved } from './undoing/toxiproxy.ts';

/**
 * Undoes what was done to a target and looks whether it is really undone. It may be called again, by any process, also
 * when the fault never came to be. Rejects with what is still there.
 */
export async function undone(undo: Undo): Promise<void> {
  switch (undo.kind) {
    case 'all':
      return all(undo.parts);
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
    case 'pod':
      return replaced(undo);
    case 'toxic':
      return toxicRemoved(undo);
    case 'enabled':
      return enabledAgain(undo);
    case 'proxy':
      return proxyRemoved(undo);
    case 'impairment':
      return impairmentLifted(undo);
  }
}

/** One after another, and all of them: what fails keeps nothing else from being undone. */
async function all(parts: readonly Undo[]): Promise<void> {
  const failures: unknown[] = [];
  for (const part of parts) await undone(part).catch((error: unknown) => failures.push(error));
  if (failures.length === 0) return;
  throw new AggregateError(
    failures,
    failures.map((error) => (error instanceof Error ? error.message : error)).join('; '),
  );
}

async function lifted({ command, prove, folder, environment }: CommandUndo): Promise<void> {
  const { code, says } = await ran(command, { limit: COMMAND_LIMIT, folder, environment });
  const { inPlace, says: found } = await finds(prove, { folder, environment });
  if (inPlace === false) return;
  throw new Error(`\`${command}\` ${code === 0 ? 'succeeded' : says}, and \`${prove}\` ${found}`);
}
