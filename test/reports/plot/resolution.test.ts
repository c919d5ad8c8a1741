import { expect, test } from 'vitest';
import { peakOf, stepFor, stepNote, stepped, valuesOf } from '../../../reports/plot/resolution.ts';

test('a quarter of an hour is shown second by second, an hour in steps that say so', () => {
  expect([60, 900, 901, 3_600].map((seconds) => stepFor(seconds))).toEqual([1, 1, 2, 5]);
  expect(stepNote(1)).toBeUndefined();
  expect(stepNote(5)).toContain('Each step shows 5 s');
});

test('a step keeps its least and its most beside the mean, so that a spike of a second stays', () => {
  expect(stepped([1, 1, 10, 1, 2, 2], 4)).toEqual([
    { second: 2, value: 3.25, low: 1, high: 10 },
    { second: 6, value: 2, low: 2, high: 2 },
  ]);
});

test('seconds without a value count in no mean, and a step of nothing but these is left out', () => {
  expect(stepped([undefined, 4, undefined, undefined, 6], 2)).toEqual([
    { second: 1, value: 4, low: 4, high: 4 },
    { second: 5, value: 6, low: 6, high: 6 },
  ]);
});

test('values are put in their seconds; what lies before the run is no part of it', () => {
  expect(
    valuesOf([
      [2, 5],
      [-1, 9],
      [0, undefined],
    ]),
  ).toEqual([undefined, undefined, 5]);
  expect(peakOf([[1, undefined, 3], []])).toBe(3);
  expect(peakOf([])).toBe(0);
});
