import { describe, expect, it } from 'vitest';
import { score } from '../../score/score.ts';
import { inPhases, recordingOf, storyPlan } from '../support/recordings.ts';

const PLAN = storyPlan({}, { pace: 'quick' });

function intervalOf(people: number, share: number) {
  const { confidence, uncapped } = score(
    recordingOf({ plan: PLAN, offered: () => people, quality: inPhases(PLAN, { storm: () => share }) }),
  );
  if (!confidence || uncapped === undefined) throw new Error('no interval');
  return { ...confidence, uncapped };
}

describe('the confidence within a run', () => {
  it('is an interval around S before the cap, and says what it is of', () => {
    const { low, high, uncapped, says } = intervalOf(100, 0.6);
    expect(low).toBeLessThan(uncapped);
    expect(high).toBeGreaterThan(uncapped - 1);
    expect(says).toBe('measurement error only: 95 % of 2,000 resamplings of this run');
  });

  it('is the same each time', () => {
    expect(intervalOf(100, 0.6)).toEqual(intervalOf(100, 0.6));
  });

  it('narrows with the number of people as errors of counting do', () => {
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    const ratio = width(intervalOf(100, 0.6)) / width(intervalOf(10_000, 0.6));
    expect(ratio).toBeGreaterThan(7);
    expect(ratio).toBeLessThan(14);
  });

  it('is a point where nothing is left to chance', () => {
    expect(intervalOf(100, 1)).toMatchObject({ low: 100, high: 100 });
  });

  it('contains the S of a system that really serves so many', () => {
    const truth = 100 * 0.6 ** (0.4 / 0.65);
    const { low, high } = intervalOf(1_000, 0.6);
    expect(low).toBeLessThan(truth);
    expect(high).toBeGreaterThan(truth - 1);
  });
});
