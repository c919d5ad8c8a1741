import type { PlannedMeetings, PlannedScenario } from '../core/plan.ts';
import type { Recording } from '../core/recording.ts';
import { lastFinalSecond } from './phases.ts';
import { counted, percent } from './spoken.ts';
import { cohortsOf } from './tally.ts';

/** A size that meetings climbed to. */
interface Rung {
  readonly size: number;
  /** The share of participant-seconds for which the quality floor held; undefined when they were never all there. */
  readonly held: number | undefined;
}

/** So much of what is planned has to be good for a rung to be held. */
const HELD = 0.95;

/**
 * The largest size of a meeting that climbs at which media was good, and what became of the next one. A rung counts by the
 * seconds from its beginning to that of the next one in which everybody was owed media: who was refused leaves it unreached.
 */
export function highestRung(recording: Recording): string | undefined {
  const primary = cohortsOf(recording.plan, 'primary');
  const climbs = recording.plan.scenarios.flatMap((scenario) => {
    const { cohort, meetings } = scenario;
    return meetings && primary.has(cohort) ? rungsOf(recording, scenario, meetings) : [];
  });
  const rungs = climbs.toSorted((a, b) => a.size - b.size);
  if (rungs.length < 2 || rungs.every(({ held }) => held === undefined)) return undefined;
  const highest = rungs.findLastIndex(isHeld);
  const next = rungs[highest + 1];
  const best = rungs[highest];
  const held = best ? participants(best.size) : 'none';
  return next ? `${held}; at ${next.size} ${fateOf(next)}` : held;
}

function fateOf({ held }: Rung): string {
  return held === undefined
    ? 'they were never all there'
    : `the quality floor held for ${percent(held)} of their seconds`;
}

function participants(size: number): string {
  return counted(size, 'participant');
}

function isHeld({ held }: Rung): boolean {
  return held !== undefined && held >= HELD;
}

/** The rungs up to the highest one; what falls after it is no climb. */
function rungsOf(recording: Recording, { name }: PlannedScenario, { count, rungs, until }: PlannedMeetings): Rung[] {
  const most = Math.max(...rungs.map(({ size }) => size));
  const top = rungs.findIndex(({ size }) => size === most);
  const end = lastFinalSecond(recording);
  return rungs.slice(0, top + 1).map(({ at, size }, place) => {
    const [from, to] = [at / 1_000, Math.min((rungs[place + 1]?.at ?? until) / 1_000, end)];
    const all = recording.media.filter(
      ({ scenario, second, participants }) =>
        scenario === name && second >= from && second < to && participants === size * count,
    );
    const seconds = all.reduce((sum, { participants }) => sum + participants, 0);
    const held = all.reduce((sum, one) => sum + one.held, 0);
    return { size, held: seconds > 0 ? held / seconds : undefined };
  });
}
