import { expect, test } from 'vitest';
import { joinPlan } from '../../bench/joins/plan.ts';
import { arrivalsIn } from '../../core/curve.ts';
import { OPERATIONS } from '../../core/target.ts';

test('a storm of joins has as many people as its rate and its seconds come to, none of whom is held back', () => {
  const { scenarios, bounds, phases } = joinPlan(50, 8, { operations: OPERATIONS });
  const [storm] = scenarios;
  expect(storm?.curve.map(arrivalsIn).reduce((sum, each) => sum + each, 0)).toBe(400);
  expect(storm?.curve.every(({ startRate, endRate }) => startRate === 50 && endRate === 50)).toBe(true);
  expect(storm?.maxVUs).toBeGreaterThan(400);
  expect(bounds).toMatchObject({ arrivals: 400, peakRate: 50 });
  // The last of them are seen to the end of the storm.
  expect(phases.find(({ name }) => name === 'storm')?.to).toBeGreaterThan(9_000);
});
