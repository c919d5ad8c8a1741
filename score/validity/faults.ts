import type { Recording } from '../../core/recording.ts';
import type { Reason } from '../../core/score.ts';
import { type FaultStory, faultStories } from '../faults.ts';
import { isWhole } from '../phases.ts';

/** Faults that were put in without proof that they bit, or that nobody saw go: the target may have met none at all. */
export function faultsNotProven(recording: Recording): Reason[] {
  return faultStories(recording).flatMap((story) => {
    const says = complaintOf(story, isWhole(recording));
    return says === undefined ? [] : [{ name: 'fault-not-proven', says, environmental: false }];
  });
}

function complaintOf({ name, events, attempted, proven, stayed }: FaultStory, whole: boolean): string | undefined {
  const said = (state: string) => events.findLast((event) => event.state === state)?.says;
  const told = said('not proven');
  // Of a recording that is cut off, the proof may be what is missing.
  if (attempted && !proven && (whole || told !== undefined))
    return `the fault ${name} was put in, but no measurement shows that it bit${told === undefined ? '' : `: ${told}`}`;
  if (stayed) return `the fault ${name} was not lifted, so there was no recovery to judge: ${said('not lifted')}`;
  return undefined;
}
