import type { Cohort } from '../../core/plan.ts';
import type { OperationClass } from '../../core/profile.ts';
import type { MergedBin, MergedTraffic, Recording } from '../../core/recording.ts';
import { type Values, valuesOf } from '../plot/resolution.ts';
import type { Span } from '../timeline.ts';

/** The classes a target is judged by: those with a weight; where none has one, all of them. */
export function judgedClasses({ plan }: Recording): Recording['plan']['classes'] {
  const weighted = plan.classes.filter(({ weight }) => weight > 0);
  return weighted.length > 0 ? weighted : plan.classes;
}

/** The bins of one class of the people a storm is about. */
export function primaryBins(recording: Recording, name: OperationClass): readonly MergedBin[] {
  return ofRole(recording, 'primary', recording.bins).filter((bin) => bin.class === name);
}

/** The attempts of one class of the people a storm is about. */
export function primaryTraffic(recording: Recording, name: OperationClass): readonly MergedTraffic[] {
  return ofRole(recording, 'primary', recording.traffic).filter((bin) => bin.class === name);
}

/** Bins of the seconds that begin in a phase. */
export function within<B extends { readonly second: number }>(
  bins: readonly B[],
  timeline: readonly Span[],
  phase: Span['name'],
): B[] {
  const spans = timeline.filter(({ name }) => name === phase);
  return bins.filter(({ second }) => spans.some(({ from, to }) => second * 1_000 >= from && second * 1_000 < to));
}

/** Adds a count up per second: a value for every second something was counted in, undefined for the others. */
export function perSecond<B extends { readonly second: number }>(bins: readonly B[], pick: (bin: B) => number): Values {
  const sums = new Map<number, number>();
  for (const bin of bins) sums.set(bin.second, (sums.get(bin.second) ?? 0) + pick(bin));
  return valuesOf(sums);
}

/** What was counted of the cohorts of a role. */
export function ofRole<B extends { readonly cohort: string }>(
  { plan }: Recording,
  role: Cohort['role'],
  bins: readonly B[],
): B[] {
  const names = new Set(plan.cohorts.filter((cohort) => cohort.role === role).map(({ name }) => name));
  return bins.filter(({ cohort }) => names.has(cohort));
}
