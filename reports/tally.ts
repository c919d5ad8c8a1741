import { addCounts } from '../core/counts.ts';
import type { FailureKind } from '../core/failure.ts';
import { Histogram } from '../core/histogram.ts';
import type { MergedBin } from '../core/recording.ts';

/** What became of some people, added up over bins. */
export interface Tally {
  readonly offered: number;
  readonly good: number;
  readonly first: number;
  readonly eventual: number;
  readonly shed: number;
  /** Failed in any way, by kind and together. */
  readonly kinds: Readonly<Partial<Record<FailureKind, number>>>;
  readonly failed: number;
  /** Never started by the generator; they are no result of the target. */
  readonly dropped: number;
  /** Still at it when the recording ended. */
  readonly pending: number;
  readonly attempts: number;
  /** From due to success in microseconds, of everybody who succeeded. */
  readonly latency: Histogram;
}

/** Adds bins up. */
export function tallyOf(bins: Iterable<MergedBin>): Tally {
  const sums = { offered: 0, good: 0, first: 0, eventual: 0, shed: 0, dropped: 0, attempts: 0 };
  const kinds: Partial<Record<FailureKind, number>> = {};
  const latency = new Histogram();
  for (const bin of bins) {
    for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += bin[name];
    addCounts(kinds, bin.failed);
    latency.merge(bin.latency.data());
  }
  const failed = Object.values(kinds).reduce((sum, count) => sum + count, 0);
  const pending = Math.max(0, sums.offered - sums.good - sums.shed - failed - sums.dropped);
  return { ...sums, kinds, failed, pending, latency };
}
