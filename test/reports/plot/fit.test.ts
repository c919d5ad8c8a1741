import { expect, test } from 'vitest';
import { fits, rowsOf, spread } from '../../../reports/plot/fit.ts';

test('a label is shown from the width on at which it fits', () => {
  expect([0.5, 0.18, 0.1, 0.01].map((room) => fits('baseline', room))).toEqual(['', 'roomy', 'ample', 'nowhere']);
});

test('names in the margin keep their order and their distance, and stay inside', () => {
  expect(spread([10, 12, 90], 14, 100)).toEqual([10, 24, 90]);
  expect(spread([99, 98, 97], 14, 100)).toEqual([100, 86, 72]);
  expect(spread([], 14, 100)).toEqual([]);
});

test('moments close to each other stand on rows of their own', () => {
  expect(rowsOf([10, 10.2, 12, 40, 41], 100)).toEqual([0, 1, 2, 0, 1]);
  expect(rowsOf([10, 30, 50], 100)).toEqual([0, 0, 0]);
});
