import { type PhaseName, phaseOf } from '../../core/plan.ts';
import type { Recording } from '../../core/recording.ts';
import type { Reason } from '../../core/score.ts';
import { isWhole } from '../phases.ts';
import { seconds } from '../spoken.ts';

/** Why a recording is not whole, in one sentence; undefined when it is. */
export function partOf(recording: Recording): string | undefined {
  if (isWhole(recording)) return undefined;
  const { closed, lastAt } = recording;
  if (!closed)
    return `the recording ends without a closing line ${seconds(lastAt)} into the run, ${placeOf(lastAt, recording)}`;
  const says = closed.says === undefined ? '' : `: ${closed.says}`;
  return `the run was ${WAYS[closed.reason]} after ${seconds(closed.at)}, ${placeOf(closed.at, recording)}${says}`;
}

/** A run that did not go to its end has not shown what it was to show. */
export function interrupted(recording: Recording): Reason[] {
  const says = partOf(recording);
  return says === undefined ? [] : [{ name: 'interrupted', says, environmental: false }];
}

const WAYS = {
  completed: 'completed',
  interrupted: 'interrupted',
  halted: 'halted',
  failed: 'ended by a failure',
} as const;

function placeOf(at: number, { plan, phases }: Recording): string {
  const planned = plan.phases.find(({ from, to }) => at >= from && at < to)?.name;
  const entered = phases
    .filter((phase) => phase.at <= at)
    .toSorted((a, b) => a.at - b.at)
    .at(-1)?.name;
  const name: PhaseName = planned ?? entered ?? 'warm-up';
  return at < phaseOf(plan, 'baseline').from ? 'before anything was scored' : `in the phase ${name}`;
}
