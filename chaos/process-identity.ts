import { type ProcessStat, processStat } from './process-stat.ts';
import type { ProcessIdentity } from './undo.ts';

/** Who has a process id now; undefined when nobody has, or only a zombie. */
export function processIdentity(pid: number): ProcessIdentity | undefined {
  const stat = processStat(pid);
  return stat && lives(stat) ? { pid, started: stat.started } : undefined;
}

/** Whether a process is still there; whoever has got its id since is another one. */
export function isAlive(identity: ProcessIdentity): boolean {
  return statOf(identity) !== undefined;
}

/** What a process does now; undefined when it is gone, though somebody else may have its id. */
export function statOf({ pid, started }: ProcessIdentity): ProcessStat | undefined {
  const stat = processStat(pid);
  return stat?.started === started && lives(stat) ? stat : undefined;
}

/** Sends a signal to a process if it is still there, and to nobody else; tells whether it was. Throws when it may not. */
export function signalTo(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false;
  try {
    process.kill(identity.pid, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw new Error(`${signal} may not be sent to process ${identity.pid}`, { cause: error });
  }
}

function lives({ state }: ProcessStat): boolean {
  return state !== 'Z' && state !== 'X';
}
