import { arrivalsIn } from '../../core/curve.ts';
import { Histogram, type HistogramData } from '../../core/histogram.ts';
import type { Recording } from '../../core/recording.ts';
import { percentileOf } from '../../reports/percentile.ts';
import { tallyOf } from '../../reports/tally.ts';
import type { Account } from './order.ts';
import { RAMP } from './plan.ts';

/** Says in numbers what a recording of our own load holds; throws when it holds nothing but the ramp. */
export function accountOf({ plan, bins, health }: Recording, began: number): Account {
  const [all, full] = [tallyOf(bins), tallyOf(bins.filter(({ second }) => second * 1_000 >= RAMP))];
  const late = merged(health.filter(({ second }) => second * 1_000 >= RAMP).map((each) => each.late));
  const deadline = Math.max(...plan.classes.map((terms) => terms.deadline));
  const latency = (share: number) => known(percentileOf(full, share, deadline)?.ms);
  const microseconds = (share: number) => known(late.quantile(share)) / 1_000;
  return {
    held: plan.scenarios.flatMap(({ curve }) => curve.map(arrivalsIn)).reduce((sum, each) => sum + each, 0),
    dropped: all.dropped,
    failed: all.offered - all.good - all.dropped,
    began,
    latency: { p50: latency(0.5), p99: latency(0.99), max: latency(1) },
    late: { p50: microseconds(0.5), p99: microseconds(0.99) },
    memory: health.flatMap(({ memory }) => memory ?? []),
  };
}

function merged(histograms: readonly HistogramData[]): Histogram {
  return histograms.reduce((all, data) => all.merge(data), new Histogram());
}

function known(value: number | undefined): number {
  if (value === undefined) throw new Error('nobody arrived after the ramp');
  return value;
}
