import { expect, test } from 'vitest';
import { linearScale, logScale } from '../../../reports/plot/scale.ts';

const words = (value: number) => String(value);

test.each([
  [0, ['0', '0.25', '0.5', '0.75', '1']],
  [1, ['0', '0.25', '0.5', '0.75', '1']],
  [3, ['0', '1', '2', '3']],
  [101, ['0', '50', '100', '150']],
  [251, ['0', '100', '200', '300']],
  [8_514, ['0', '2500', '5000', '7500', '10000']],
])('up to %d there are few round ticks, and all of them fit', (most, labels) => {
  const { ticks, at } = linearScale(most, words);
  expect(ticks.map(({ label }) => label)).toEqual(labels);
  expect([at(0), at(ticks.at(-1)?.value ?? 0)]).toEqual([0, 1]);
  expect(at(most)).toBeLessThanOrEqual(1);
});

test('a logarithmic scale goes by powers of ten and keeps what lies outside at its edges', () => {
  const { ticks, at } = logScale(18, 5_000, words);
  expect(ticks.map(({ value }) => value)).toEqual([10, 100, 1_000, 10_000]);
  expect([at(10), at(10_000), at(0), at(1e9)]).toEqual([0, 1, 0, 1]);
  expect(at(316)).toBeCloseTo(0.5, 2);
});

test('a logarithmic scale of one value still has two ends', () => {
  expect(logScale(100, 100, words).ticks.length).toBeGreaterThanOrEqual(2);
});
