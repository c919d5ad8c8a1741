import { SURVIVAL } from '../core/constants.ts';
import { isBelow } from './below.ts';
import { median } from './percentile.ts';
import { known, type Quality, qualityOf } from './quality.ts';
import type { Strip } from './strip.ts';

/** The strips of a group, phase by phase. */
export type PhaseStrips = Readonly<Record<'baseline' | 'storm' | 'recovery', readonly Strip[]>>;

/** The quality of a group over the phases that are judged. */
export interface Trace {
  /** The share of what was offered that was good: steady or not is decided by it. */
  readonly baseline: readonly Quality[];
  /** q, that is Q against the baseline's median, at most 1. */
  readonly storm: readonly Quality[];
  readonly recovery: readonly Quality[];
}

/** Everybody's traces. */
export interface Traces {
  readonly primary: Trace;
  readonly bystanders: readonly NamedTrace[];
}

/** The trace of one bystander cohort. */
export interface NamedTrace extends Trace {
  readonly name: string;
}

/** The trace that the counts of a group make. */
export function traceOf(strips: PhaseStrips): Trace {
  const baseline = servedShare(strips.baseline);
  const yardstick = yardstickOf(qualityOf(strips.baseline));
  return {
    baseline,
    storm: against(yardstick, qualityOf(strips.storm)),
    recovery: against(yardstick, qualityOf(strips.recovery)),
  };
}

/**
 * Quality held to all that was offered. The base load lies well within any capacity, and a target that is judged by its
 * own best could otherwise serve next to nobody and still look steady.
 */
function servedShare(strips: readonly Strip[]): Quality[] {
  return qualityOf(strips.map((strip) => ({ ...strip, entitled: strip.offered })));
}

/**
 * What quality is measured against: the median of the baseline. A baseline too bad to be steady is no yardstick, or a
 * group that was never served would look well; then quality stands as it is.
 */
export function yardstickOf(baseline: readonly Quality[]): number {
  const middle = median(known(baseline));
  return middle === undefined || isBelow(middle, SURVIVAL.baseline.median) ? 1 : middle;
}

/** Turns Q into q: divided by the yardstick, at most 1. */
export function against(yardstick: number, seconds: readonly Quality[]): Quality[] {
  return seconds.map((quality) => (quality === undefined ? undefined : Math.min(1, quality / yardstick)));
}
