import type { Tally } from './tally.ts';

/** A latency that a share of people did not exceed. */
export interface Percentile {
  /** Milliseconds from due. */
  readonly ms: number;
  /** True when the person at this rank never succeeded: `ms` is then the least it can be. */
  readonly atLeast: boolean;
}

/**
 * The latency at a share (0..1) of everybody the generator started, counted from due. Whoever never succeeded (failed,
 * was turned away, or was still at it when the recording ended) ranks behind everybody who did, and counts as the
 * deadline or as the slowest success, whichever is longer: a lower bound, marked as such. Leaving them out would make a
 * collapsed target look fast. Undefined when nobody was started.
 */
export function percentileOf(tally: Tally, share: number, deadline: number): Percentile | undefined {
  const started = tally.offered - tally.dropped;
  if (started <= 0) return undefined;
  const { latency } = tally;
  const rank = Math.max(1, Math.ceil(share * started));
  if (rank <= latency.total) {
    const value = latency.quantile((rank - 0.5) / latency.total) ?? 0;
    return { ms: value / 1_000, atLeast: false };
  }
  return { ms: Math.max(deadline, (latency.quantile(1) ?? 0) / 1_000), atLeast: true };
}
