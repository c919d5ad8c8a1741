import { expect, test } from 'vitest';
import { monotonic } from '../../../core/clock.ts';
import { napping } from '../../../generators/participants/engine/nap.ts';

/** How long a nap of so many takes after they have been at work for so long, on a clock that says so. */
function slept(members: number, worked: number): number {
  let shown = 0;
  const nap = napping(() => shown);
  shown = worked;
  const began = monotonic();
  nap(members);
  return monotonic() - began;
}

test('a crowd lets packets gather for some milliseconds', () => {
  expect(slept(500, 2)).toBeGreaterThan(2);
});

test('who is behind, or few, does not sleep', () => {
  const least = (members: number, worked: number) =>
    Math.min(...Array.from({ length: 20 }, () => slept(members, worked)));
  expect(least(500, 20)).toBeLessThan(1);
  expect(least(99, 2)).toBeLessThan(1);
});
