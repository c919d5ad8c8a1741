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

/** Somebody alone in a meeting hears nobody, and notices nothing of what becomes of the media. */
const FEWEST = 2;

/** Lays meetings on the run's clock; sizes are scaled, down to two people, and the number of meetings is not. */
export function plannedMeetings(load: MeetingsLoad, scale: number, pace: Pace, span: MeetingsSpan): PlannedMeetings {
  const { count, cameras = 1, regions } = load;
  const rungs = laid(load, scale, pace, span).map(({ at, size }) => ({ at, size }));
  return { count, cameras, rungs, until: span.until, ...(regions && { regions }) };
}

/** The arrivals that fill the meetings: so many per rung, in its time. */
export function arrivalsFor(load: MeetingsLoad, scale: number, pace: Pace, span: MeetingsSpan): Curve {
  return laid(load, scale, pace, span).flatMap(({ at, size, over }, place, all) => {
    const more = (size - (all[place - 1]?.size ?? 0)) * load.count;
    return more > 0 ? [steady(at, at + over, (more * 1_000) / over)] : [];
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

/** Rungs on the run's clock: when each begins, how large meetings are on it, and how long they take to be. */
function laid({ rungs }: MeetingsLoad, scale: number, pace: Pace, { from, storm }: MeetingsSpan) {
  return rungs.map(({ after, size, over }) => ({
    at: after === undefined ? from : storm + paced(after, pace),
    size: Math.max(Math.min(size, FEWEST), Math.round(size * scale)),
    over: paced(over, pace),
  }));
}
