import { describe, expect, it } from 'vitest';
import { goodStretch, rollingMeans } from '../../score/stretch.ts';

const WINDOWS = { stretch: 6_000, mean: 3_000, objective: 3_000, rto: 12_000, floor: 5_000 };

describe('the first good stretch', () => {
  it('begins at once where all is good', () => {
    expect(goodStretch([1, 1, 1, 1, 1, 1], WINDOWS)).toBe(0);
  });

  it('has to last for its whole length', () => {
    expect(goodStretch([1, 1, 1, 1, 1], WINDOWS)).toBeUndefined();
    expect(goodStretch([1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1], WINDOWS)).toBeUndefined();
    expect(goodStretch([1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1], WINDOWS)).toBe(6);
  });

  it('bears a bad second when the means over it are .95, and not when they are less', () => {
    expect(goodStretch([1, 1, 0.85, 1, 1, 1], WINDOWS)).toBe(0);
    expect(goodStretch([1, 1, 0.84, 1, 1, 1], WINDOWS)).toBeUndefined();
    expect(goodStretch([0.95, 0.95, 0.95, 0.95, 0.95, 0.95], WINDOWS)).toBe(0);
  });

  it('does not take seconds without data for good ones', () => {
    expect(goodStretch([1, 1, undefined, 1, 1, 1, 1, 1], WINDOWS)).toBeUndefined();
  });
});

it('rolling means are undefined where a second is, and there are none beyond the end', () => {
  expect(rollingMeans([1, 0, undefined, 1, 0], 2)).toEqual([0.5, undefined, undefined, 0.5]);
  expect(rollingMeans([1], 2)).toEqual([]);
});
