import { comes } from '../comes.ts';
import { isAlive, signalTo, statOf } from '../process-identity.ts';
import type { ProcessIdentity } from '../undo.ts';

/** Milliseconds: how long a holder may take to let go, and how long the kernel may take to carry out a signal. */
const LETS_GO_WITHIN = 2_000;
const OBEYS_WITHIN = 2_000;

/** Ends a holder, politely first; the kernel lets go of what it held. */
export async function ended(holder: ProcessIdentity): Promise<void> {
  const isGone = () => !isAlive(holder);
  signalTo(holder, 'SIGTERM');
  if (await comes(isGone, LETS_GO_WITHIN)) return;
  signalTo(holder, 'SIGKILL');
  if (!(await comes(isGone, OBEYS_WITHIN))) throw new Error(`process ${holder.pid} does not end`);
}

/** Continues a process, if it is still there. */
export async function continued(target: ProcessIdentity): Promise<void> {
  signalTo(target, 'SIGCONT');
  const goesOn = () => statOf(target)?.state !== 'T';
  if (!(await comes(goesOn, OBEYS_WITHIN))) throw new Error(`process ${target.pid} is still stopped`);
}
