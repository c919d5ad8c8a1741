import { describe, expect, it } from 'vitest';
import { sequence } from '../../core/random.ts';
import { binomial } from '../../score/binomial.ts';
import { mean, median, percentile } from '../../score/percentile.ts';
import { normalQuantile, studentQuantile } from '../../score/quantile.ts';

describe('a percentile', () => {
  it('lies between the closest ranks, linearly', () => {
    expect(percentile([4, 1, 3, 2], 50)).toBe(2.5);
    expect(percentile([10, 20], 5)).toBe(10.5);
    expect(percentile([1, 2, 3, 4, 5], 100)).toBe(5);
    expect(percentile([7], 10)).toBe(7);
  });

  it('of nothing is undefined, as are its mean and median', () => {
    expect([percentile([], 50), mean([]), median([])]).toEqual([undefined, undefined, undefined]);
  });

  it('sorts by size and not by spelling', () => {
    expect(median([10, 9, 100])).toBe(10);
  });
});

describe('quantiles', () => {
  it('of the normal distribution are those of the tables', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 6);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 9);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232, 6);
  });

  it.each([
    [1, 12.7062],
    [2, 4.30265],
    [3, 3.18245],
    [4, 2.77645],
    [9, 2.26216],
    [30, 2.04227],
    [120, 1.97993],
  ])("of Student's distribution with %i degrees of freedom are those of the tables", (degrees, t) => {
    expect(studentQuantile(0.975, degrees)).toBeCloseTo(t, 4);
    expect(studentQuantile(0.025, degrees)).toBeCloseTo(-t, 4);
  });
});

describe('binomial draws', () => {
  it.each([
    [20, 0.3],
    [20, 0.97],
    [250, 0.05],
    [250, 0.5],
    [2_000, 0.9],
  ])('of %i tries at %f have the mean and variance they must have, and stay within bounds', (tries, share) => {
    const random = sequence(tries);
    const draws = Array.from({ length: 20_000 }, () => binomial(random, tries, share));
    const centre = mean(draws) ?? Number.NaN;
    const variance = mean(draws.map((value) => (value - centre) ** 2)) ?? Number.NaN;
    const expected = tries * share * (1 - share);
    expect(Math.abs(centre - tries * share)).toBeLessThan(5 * Math.sqrt(expected / draws.length));
    expect(variance / expected).toBeGreaterThan(0.94);
    expect(variance / expected).toBeLessThan(1.06);
    expect(draws.every((value) => Number.isInteger(value) && value >= 0 && value <= tries)).toBe(true);
  });

  it('leave certainty alone', () => {
    const random = sequence(1);
    expect([binomial(random, 50, 0), binomial(random, 50, 1), binomial(random, 0, 0.5)]).toEqual([0, 50, 0]);
  });
});
