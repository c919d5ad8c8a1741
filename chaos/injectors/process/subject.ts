import type { ProcessMeans } from '../../../core/means.ts';
import { CannotInject } from '../../injector.ts';
import type { ProcessIdentity } from '../../undo.ts';
import { namedProcess } from './named.ts';

/**
 * The process a fault is for. Until it is settled that is whoever is named now: between the beginning of a run and the
 * fault it may have been started again, by an earlier fault too. Then it stays the same one.
 */
export interface Subject {
  now(): ProcessIdentity;
  /** Whoever is named at the first call, for good; the one known before when nobody is. */
  settled(): ProcessIdentity;
}

/** Finds the process that is named; throws CannotInject when there is none. */
export function subjectOf(pid: ProcessMeans['pid']): Subject {
  let known = namedProcess(pid);
  let isSettled = false;
  const now = () => {
    if (!isSettled) known = namedOr(pid, known);
    return known;
  };
  return {
    now,
    settled() {
      now();
      isSettled = true;
      return known;
    },
  };
}

function namedOr(pid: ProcessMeans['pid'], known: ProcessIdentity): ProcessIdentity {
  try {
    return namedProcess(pid);
  } catch (error) {
    if (error instanceof CannotInject) return known;
    throw error;
  }
}
