import { describe, expect, it } from 'vitest';
import { classQuality, qualityOf } from '../../score/quality.ts';
import { against, yardstickOf } from '../../score/trace.ts';

function strip(weight: number, offered: number[], good: number[], capacity = 1_000) {
  return { weight, offered, good, entitled: offered.map((count) => Math.min(count, capacity)) };
}

describe('the quality of a class', () => {
  it('is good over offered, and at most 1', () => {
    expect(classQuality(strip(1, [10, 10, 10], [10, 5, 12]))).toEqual([1, 0.5, 1]);
  });

  it('is good over what the target owes, where more was offered than its capacity', () => {
    expect(classQuality(strip(1, [100, 100], [40, 20], 40))).toEqual([1, 0.5]);
  });

  it('is 0 where many were offered and nothing was owed, so that nothing divides by nothing', () => {
    expect(classQuality({ offered: [10], good: [0], entitled: [0] })).toEqual([0]);
  });

  it('takes seconds below five offered together with those after them', () => {
    expect(classQuality(strip(1, [4, 0, 4, 5, 5], [4, 0, 0, 5, 0]))).toEqual([0.5, 0.5, 0.5, 1, 0]);
  });

  it('is undefined for a rest below five', () => {
    expect(classQuality(strip(1, [5, 4], [5, 4]))).toEqual([1, undefined]);
    expect(classQuality(strip(1, [0, 0], [0, 0]))).toEqual([undefined, undefined]);
  });
});

describe('the quality of a group', () => {
  it('is the mean of its classes by their weights', () => {
    const [first] = qualityOf([strip(0.75, [10], [10]), strip(0.25, [10], [0])]);
    expect(first).toBe(0.75);
  });

  it('leaves out a class that has no data', () => {
    expect(qualityOf([strip(0.75, [10], [5]), strip(0.25, [0], [0])])).toEqual([0.5]);
  });

  it('is undefined without any', () => {
    expect(qualityOf([])).toEqual([]);
    expect(qualityOf([strip(1, [1], [1])])).toEqual([undefined]);
  });
});

describe('the yardstick', () => {
  it('is the median of the baseline, and quality against it is at most 1', () => {
    expect(yardstickOf([0.96, 0.97, 1, undefined])).toBe(0.97);
    expect(against(0.97, [0.485, 1, undefined])).toEqual([0.5, 1, undefined]);
  });

  it('is 1 where the baseline is too bad to measure by, or absent', () => {
    expect(yardstickOf([0.3, 0.3])).toBe(1);
    expect(yardstickOf([])).toBe(1);
  });
});
