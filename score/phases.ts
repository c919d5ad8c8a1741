import { phaseOf } from '../core/plan.ts';
import type { Recording } from '../core/recording.ts';
import { type Span, spanTouching, spanUpTo, spanWithin } from './span.ts';

/** The seconds of each phase that are judged. */
export type JudgedPhases = Readonly<Record<'baseline' | 'storm' | 'recovery', JudgedPhase>>;

/** The judged seconds of one phase. */
export interface JudgedPhase extends Span {
  /** False when the recording ends before the fate of everybody due in this phase is known. */
  readonly whole: boolean;
}

/**
 * The phases in whole seconds. A second that two phases share is the storm's: it is no longer baseline, and not yet
 * recovery. Of a recording that is not whole, only seconds whose deadline has passed are judged.
 */
export function judgedPhases(recording: Recording): JudgedPhases {
  const end = lastFinalSecond(recording);
  const judged = (span: Span): JudgedPhase => ({ ...spanUpTo(span, end), whole: end >= span.to });
  const { plan } = recording;
  const [baseline, storm, recovery] = [phaseOf(plan, 'baseline'), phaseOf(plan, 'storm'), phaseOf(plan, 'recovery')];
  return {
    baseline: judged(spanWithin(baseline.from, baseline.to)),
    storm: judged(spanTouching(storm.from, storm.to)),
    recovery: judged(spanWithin(recovery.from, recovery.to)),
  };
}

/** From the first second of the baseline to the last judged one of the recovery. */
export function scoredSpan({ baseline, recovery, storm }: JudgedPhases): Span {
  return { from: baseline.from, to: Math.max(baseline.to, storm.to, recovery.to) };
}

/** Whether the run went to its end, and all of it was recorded. */
export function isWhole({ closed }: Recording): boolean {
  return closed?.reason === 'completed';
}

/** Up to which second it is known how everybody ended: to the end, or to a deadline before a cut. */
export function lastFinalSecond(recording: Recording): number {
  if (isWhole(recording)) return Number.POSITIVE_INFINITY;
  return Math.floor((recording.lastAt - longestDeadline(recording)) / 1_000);
}

/** The longest deadline of any class, in milliseconds: after it, nobody's fate is open. */
function longestDeadline({ plan }: Recording): number {
  return Math.max(0, ...plan.classes.map(({ deadline }) => deadline));
}
