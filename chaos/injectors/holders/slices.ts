import { constants, setPriority } from 'node:os';
import { isAlive, signalTo, statOf } from '../../process-identity.ts';
import type { ProcessIdentity } from '../../undo.ts';
import { guardianOf } from './guardian.ts';
import type { Hold, SliceOrder } from './order.ts';
import { rest } from './rest.ts';
import { stepAt } from './steps.ts';

/** Milliseconds: what a process may use at once after it was idle is its share of this. */
const PERIOD = 100;
/** How often a process that goes on is looked at, and how long one that is stopped is left alone; milliseconds. */
const LOOK = 10;
const LONGEST_STOP = 50;

/**
 * Stops a process when it has used its share of a core and continues it when it may have more. What counts is the CPU time
 * of all its threads, so the share is met however many there are and however late this process gets the core itself.
 */
export const holdSlices: Hold<SliceOrder> = async (order, signal, tell) => {
  const lost = new AbortController();
  const over = AbortSignal.any([signal, lost.signal]);
  const guardian = guardianOf(order.process, () => lost.abort());
  hurry();
  try {
    await slices(order, over, tell);
    if (lost.signal.aborted) throw new Error('nothing would continue the process if this one were killed');
  } finally {
    try {
      signalTo(order.process, 'SIGCONT');
    } finally {
      guardian.dismiss();
    }
  }
};

async function slices(
  { process: target, shares, lasting }: SliceOrder,
  signal: AbortSignal,
  tell: (held: number) => void,
) {
  const [first = 0, ...others] = shares;
  const began = performance.now();
  let at = began;
  let used = cpuOf(target);
  let budget = 0;
  let isStopped = false;
  let isTold = false;
  while (!signal.aborted && isAlive(target)) {
    const [now, total] = [performance.now(), cpuOf(target)];
    const share = stepAt([first, ...others], lasting, now - began);
    budget = Math.min(budget + share * (now - at) - (total - used), share * PERIOD);
    [at, used] = [now, total];
    const enough = share === 0 ? Number.POSITIVE_INFINITY : (share * PERIOD) / 2;
    if (isStopped ? budget >= enough : budget <= 0) isStopped = turned(target, isStopped);
    // Somebody else may have continued it.
    else if (isStopped && statOf(target)?.state !== 'T') signalTo(target, 'SIGSTOP');
    if (!isTold) tell(1);
    isTold = true;
    const wait = Math.min(LONGEST_STOP, (enough - budget) / share);
    await rest(isStopped ? Math.max(1, wait) : LOOK, signal);
  }
}

function turned(target: ProcessIdentity, wasStopped: boolean): boolean {
  signalTo(target, wasStopped ? 'SIGCONT' : 'SIGSTOP');
  return !wasStopped;
}

function cpuOf(target: ProcessIdentity): number {
  return statOf(target)?.cpuMs ?? 0;
}

/** This process has to get the core when it is time to stop the other, which may be what keeps all cores busy. */
function hurry(): void {
  try {
    setPriority(0, constants.priority.PRIORITY_HIGH);
  } catch {
    // Only root may; the share is met all the same, in slices that are longer.
  }
}
