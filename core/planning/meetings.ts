import type { Curve } from '../curve.ts';
import { steady } from '../curve.ts';
import { milliseconds } from '../duration.ts';
import type { Mistake } from '../mistake.ts';
import type { Pace, PlannedMeetings } from '../plan.ts';
import type { Load } from '../profile.ts';
import { paced } from './phases.ts';

export type MeetingsLoad = Extract<Load, { executor: 'meetings' }>;

/** From when to when a scenario's meetings are held, and when the storm begins. */
export interface MeetingsSpan {
  readonly from: number;
  readonly until: number;
  readonly storm: number;
}

/** Lays meetings on the run's clock; sizes are scaled, the number of meetings is not. */
export function plannedMeetings(
  { count, rungs, cameras = 1 }: MeetingsLoad,
  scale: number,
  pace: Pace,
  { from, until, storm }: MeetingsSpan,
): PlannedMeetings {
  const sized = rungs.map(({ after, size }) => ({
    at: after === undefined ? from : storm + paced(after, pace),
    size: scaled(size, scale),
  }));
  return { count, cameras, rungs: sized, until };
}

/** The arrivals that fill the meetings: so many per rung, in its time. */
export function arrivalsFor({ count, rungs }: MeetingsLoad, scale: number, pace: Pace, span: MeetingsSpan): Curve {
  let before = 0;
  return rungs.flatMap(({ after, size, over }) => {
    const begins = after === undefined ? span.from : span.storm + paced(after, pace);
    const wanted = scaled(size, scale);
    const more = (wanted - before) * count;
    before = wanted;
    const length = paced(over, pace);
    return more > 0 ? [steady(begins, begins + length, (more * 1_000) / length)] : [];
  });
}

/** The most people who are in all meetings of a scenario together. */
export function mostIn({ count, rungs }: Pick<PlannedMeetings, 'count' | 'rungs'>): number {
  return count * Math.max(...rungs.map(({ size }) => size));
}

/** What keeps rungs from being climbed. */
export function* mistakesOfRungs(name: string, { rungs }: MeetingsLoad): Generator<Mistake> {
  const where = `scenarios.${name}.rungs`;
  const falls = rungs.findIndex(({ size }, place) => size < (rungs[place - 1]?.size ?? 0));
  if (falls > 0 && rungs.slice(falls).some(({ size }, place, rest) => size > (rest[place - 1]?.size ?? size)))
    yield { where, what: 'rise again after they have fallen', mend: 'let meetings grow first, and shrink then' };
  for (const [place, { after, over }] of rungs.entries()) {
    const next = rungs[place + 1]?.after;
    if (milliseconds(over) === 0) yield { where: `${where}[${place}].over`, what: 'must be longer than nothing' };
    if (place > 0 && after === undefined)
      yield {
        where: `${where}[${place}].after`,
        what: 'is missing',
        mend: 'only the first can begin with the scenario',
      };
    if (after !== undefined && next !== undefined && milliseconds(after) + milliseconds(over) > milliseconds(next))
      yield { where: `${where}[${place + 1}].after`, what: 'begins before the rung before it is reached' };
  }
}

function scaled(size: number, scale: number): number {
  return Math.max(1, Math.round(size * scale));
}
