import { expect, test } from 'vitest';
import { Histogram } from '../../core/histogram.ts';
import type { MergedBin } from '../../core/recording.ts';
import { percentileOf } from '../../reports/percentile.ts';
import { tallyOf } from '../../reports/tally.ts';

/** People of whom some succeeded after so many milliseconds each, and the others ended as told. */
function bin(latencies: readonly number[], others: Partial<MergedBin> = {}): MergedBin {
  const latency = new Histogram();
  for (const ms of latencies) latency.record(ms * 1_000);
  const failed = Object.values(others.failed ?? {}).reduce((sum, count) => sum + count, 0);
  const offered = latencies.length + failed + (others.shed ?? 0) + (others.dropped ?? 0);
  const counts = {
    offered,
    good: latencies.length,
    first: 0,
    eventual: latencies.length,
    shed: 0,
    dropped: 0,
    attempts: 0,
  };
  return {
    kind: 'bin',
    second: 0,
    scenario: 's',
    class: 'login',
    cohort: 'c',
    ...counts,
    failed: {},
    latency,
    ...others,
  };
}

test('whoever never succeeded ranks behind everybody who did, and counts as the deadline at least', () => {
  const tally = tallyOf([bin([10, 20, 30, 40], { failed: { timeout: 6 } })]);
  expect(percentileOf(tally, 0.4, 5_000)?.ms).toBeCloseTo(40, 0);
  expect(percentileOf(tally, 0.4, 5_000)?.atLeast).toBe(false);
  expect(percentileOf(tally, 0.41, 5_000)).toEqual({ ms: 5_000, atLeast: true });
  expect(percentileOf(tally, 0.99, 5_000)).toEqual({ ms: 5_000, atLeast: true });
});

test('a success slower than the deadline raises the lower bound of those who never got there', () => {
  const percentile = percentileOf(tallyOf([bin([9_000], { failed: { timeout: 1 } })]), 1, 5_000);
  expect(percentile?.atLeast).toBe(true);
  expect(percentile?.ms).toBeGreaterThanOrEqual(8_900);
});

test('people who were turned away, or still at it, count like those who failed', () => {
  const shed = tallyOf([bin([10], { shed: 1 })]);
  const pending = tallyOf([bin([10], { offered: 2 })]);
  expect(pending.pending).toBe(1);
  for (const tally of [shed, pending]) expect(percentileOf(tally, 0.9, 3_000)).toEqual({ ms: 3_000, atLeast: true });
});

test('people the generator never started are no result of the target', () => {
  const tally = tallyOf([bin([10], { dropped: 9 })]);
  expect(percentileOf(tally, 1, 5_000)?.atLeast).toBe(false);
  expect(percentileOf(tallyOf([bin([], { dropped: 9 })]), 0.5, 5_000)).toBeUndefined();
});

test('among successes alone the percentile is that of the histogram, at every rank', () => {
  const latencies = Array.from({ length: 997 }, (_, place) => 1 + place * 3);
  const tally = tallyOf([bin(latencies)]);
  for (const share of [0.001, 0.333, 0.5, 0.9, 0.99, 1])
    expect(percentileOf(tally, share, 5_000)?.ms).toBe((tally.latency.quantile(share) ?? 0) / 1_000);
});
