import type { PlannedMeetings } from './plan.ts';

/** Somebody's place in the meetings of a scenario. */
export interface MeetingPlace {
  readonly meeting: number;
  /** Among those who are planned to be in it; who comes first has 0. */
  readonly place: number;
  /** Where they are themselves. */
  readonly region: string | undefined;
  readonly leaves: number;
}

/** Which of a scenario's meetings somebody goes to, from where, and when they leave it, by the number of their arrival. */
export function placeOf({ count, rungs, until, regions }: PlannedMeetings, index: number): MeetingPlace {
  const place = Math.floor(index / count);
  const came = rungs.findIndex(({ size }) => size > place);
  // Who came last leaves first.
  const left = rungs.find(({ size }, rung) => rung > came && size <= place);
  return { meeting: index % count, place, region: regions?.[place % regions.length], leaves: left?.at ?? until };
}
