import type { PlannedMeetings } from './plan.ts';

/** Which of a scenario's meetings somebody goes to, and when they leave it, by the number of their arrival. */
export function placeOf(
  { count, rungs, until }: PlannedMeetings,
  index: number,
): { readonly meeting: number; readonly leaves: number } {
  const place = Math.floor(index / count);
  const came = rungs.findIndex(({ size }) => size > place);
  // Who came last leaves first.
  const left = rungs.find(({ size }, rung) => rung > came && size <= place);
  return { meeting: index % count, leaves: left?.at ?? until };
}
