import { expect, test } from 'vitest';
import { Histogram } from '../../core/histogram.ts';
import { sequence } from '../../core/random.ts';

const valuesOf = (seed: number, count: number) => {
  const next = sequence(seed);
  return Array.from({ length: count }, () => Math.floor(Math.exp(next() * 20)));
};
const filled = (values: readonly number[]) => {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
};

test('no quantile is off by more than 0.8 %', () => {
  const values = valuesOf(1, 20_001).sort((a, b) => a - b);
  const histogram = filled(values);
  for (const share of [0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1]) {
    const exact = values[Math.ceil(share * values.length) - 1] ?? 0;
    const estimate = histogram.quantile(share) ?? 0;
    expect(Math.abs(estimate - exact)).toBeLessThanOrEqual(exact * 0.008 + 0.5);
  }
});

test('parts merge to exactly what one histogram would have counted', () => {
  const values = valuesOf(2, 5_000);
  const merged = filled(values.slice(0, 1_234)).merge(filled(values.slice(1_234)).data());
  expect(merged.data()).toEqual(filled(values).data());
  expect(merged.total).toBe(5_000);
});

test('a histogram survives being written down', () => {
  const histogram = filled(valuesOf(3, 1_000));
  expect(Histogram.of(JSON.parse(JSON.stringify(histogram.data()))).data()).toEqual(histogram.data());
});

test('an empty histogram has no quantile', () => {
  expect(new Histogram().quantile(0.5)).toBeUndefined();
});

test('nonsense and the absurd find a place', () => {
  const histogram = filled([-5, Number.NaN, 0.4, Number.POSITIVE_INFINITY, 1e15]);
  expect(histogram.total).toBe(5);
  expect(histogram.quantile(0.5)).toBe(0);
  expect(histogram.quantile(1)).toBeGreaterThan(3.5e9);
});

test('values up to a bound can be counted', () => {
  const histogram = filled([1, 10, 100, 1_000, 10_000]);
  expect([0, 1, 99, 100, 10_000].map((bound) => histogram.countUpTo(bound))).toEqual([0, 1, 2, 3, 5]);
});
