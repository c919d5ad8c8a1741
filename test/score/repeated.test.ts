import { describe, expect, it } from 'vitest';
import type { Score } from '../../core/score.ts';
import { repeated, wilson } from '../../score/repeated.ts';
import { score } from '../../score/score.ts';
import { inPhases, recordingOf, storyPlan } from '../support/recordings.ts';

const PLAN = storyPlan({}, { pace: 'quick' });
const WHOLE = score(recordingOf({ plan: PLAN }));
const DIED = score(recordingOf({ plan: PLAN, quality: inPhases(PLAN, { recovery: () => 0 }) }));
const INVALID = score(recordingOf({ plan: PLAN, ended: 'interrupted' }));

function run(uncapped: number): Score {
  return { ...WHOLE, verdict: uncapped >= 80 ? 'survived' : 'degraded', value: uncapped, uncapped };
}

describe('several runs together', () => {
  it('have a median, a least and a t-interval of S before the cap', () => {
    const { median, least, interval, runs } = repeated([90, 92, 91, 95, 92].map(run));
    expect({ median, least, runs }).toEqual({ median: 92, least: 90, runs: 5 });
    expect(interval?.low).toBeCloseTo(92 - 2.77645 * Math.sqrt(3.5 / 5), 3);
    expect(interval?.high).toBeCloseTo(92 + 2.77645 * Math.sqrt(3.5 / 5), 3);
  });

  it('survived when the lower bound clears the threshold', () => {
    expect(repeated([90, 92, 91, 95, 92].map(run))).toMatchObject({
      verdict: 'survived',
      because: 'n = 5: the mean of S lies between 89.6 and 94.3, above 80, and no gate fired.',
    });
  });

  it('are inconclusive when the interval lies on both sides, though each run survived', () => {
    expect(repeated([81, 99, 82].map(run)).verdict).toBe('inconclusive');
  });

  it('are degraded when even the upper bound lies below', () => {
    expect(repeated([60, 61, 62].map(run)).verdict).toBe('degraded');
  });

  it('died when a gate fired in any, however good the others', () => {
    const together = repeated([...Array.from({ length: 9 }, () => run(99)), DIED]);
    expect(together.verdict).toBe('died');
    expect(together.because).toContain(
      'A gate fired in 1 of 10 runs: The target had not recovered 24 s after the storm',
    );
  });

  it('take S before the cap, not after', () => {
    expect(repeated([{ ...DIED, uncapped: 70, value: 39 }, run(90)]).values).toEqual([70, 90]);
  });

  it('say n = 1 of one run, and have its verdict', () => {
    const alone = repeated([run(90)]);
    expect(alone).toMatchObject({ verdict: 'survived', interval: undefined, median: 90, least: 90 });
    expect(alone.because).toContain('n = 1, so nothing is known of how runs differ');
    expect(repeated([run(60)]).verdict).toBe('degraded');
  });

  it('leave out runs that proved nothing, say so, and do not count them as passed', () => {
    const together = repeated([run(90), run(91), run(92), INVALID]);
    expect(together).toMatchObject({ runs: 4, verdict: 'survived', survived: 3, values: [90, 91, 92] });
    expect(together.because).toContain('n = 3 (1 run proved nothing)');
    expect(together.passRate.share).toBe(0.75);
  });

  it('are inconclusive when one of them was', () => {
    expect(repeated([run(99), run(99), { ...run(99), verdict: 'inconclusive' }]).verdict).toBe('inconclusive');
  });

  it('are invalid when none proves anything', () => {
    expect(repeated([INVALID, INVALID])).toMatchObject({ verdict: 'invalid', median: undefined, least: undefined });
    expect(repeated([])).toMatchObject({ verdict: 'invalid', runs: 0, passRate: { share: 0, low: 0, high: 1 } });
  });
});

describe('the bounds of a pass rate', () => {
  it("are Wilson's: 5 of 5 may be as little as .57", () => {
    expect(wilson(5, 5).low).toBeCloseTo(0.5655, 4);
    expect(wilson(5, 5).high).toBe(1);
    expect(repeated([90, 92, 91, 95, 92].map(run)).passRate).toEqual({ share: 1, ...wilson(5, 5) });
  });

  it('lie around the rate', () => {
    const { low, high } = wilson(5, 10);
    expect(low).toBeCloseTo(0.2366, 4);
    expect(high).toBeCloseTo(0.7634, 4);
  });
});
