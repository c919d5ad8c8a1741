import { expect, test } from 'vitest';
import { carriedBy } from '../../bench/participants/measure.ts';

test('a core carries those who kept pace, and no more for being used up', () => {
  expect(carriedBy({ count: 500, kept: 1, cpu: 0.5 })).toBe(1_000);
  expect(carriedBy({ count: 1_000, kept: 0.9, cpu: 1 })).toBe(900);
});
