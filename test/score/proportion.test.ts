import { expect, test } from 'vitest';
import { proportion, triesToShow } from '../../score/proportion.ts';

test.each([
  // The roots of (p - hits / tries)² = z² p (1 - p) / tries.
  [50, 100, 0.4188, 0.5812],
  [99, 100, 0.9564, 0.9978],
  [0, 20, 0, 0.1191],
  [20, 20, 0.8809, 1],
])('%i of %i lies between %f and %f', (hits, tries, least, most) => {
  const bounds = proportion(hits, tries);
  expect(bounds.least).toBeCloseTo(least, 3);
  expect(bounds.most).toBeCloseTo(most, 3);
});

test('nothing tried says nothing', () => {
  expect(proportion(0, 0)).toMatchObject({ least: 0, most: 1 });
});

test.each([0.9, 0.95, 0.99, 0.999])('%f is shown by as many good tries as are asked for, and by no fewer', (share) => {
  const tries = triesToShow(share);
  expect(proportion(tries, tries).least).toBeGreaterThanOrEqual(share);
  expect(proportion(tries - 1, tries - 1).least).toBeLessThan(share);
});
