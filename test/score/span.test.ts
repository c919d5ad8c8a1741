import { describe, expect, it } from 'vitest';
import { judgedPhases, scoredSpan } from '../../score/phases.ts';
import { spanTouching, spanUpTo, spanWithin } from '../../score/span.ts';
import { recordingOf, storyPlan } from '../support/recordings.ts';

describe('whole seconds', () => {
  it('lie within two moments, or are touched by the time between them', () => {
    expect(spanWithin(3_400, 13_900)).toEqual({ from: 4, to: 13 });
    expect(spanTouching(3_400, 13_900)).toEqual({ from: 3, to: 14 });
    expect(spanWithin(3_400, 3_600)).toEqual({ from: 4, to: 4 });
  });

  it('are not lost to the last bits of a division', () => {
    expect(spanWithin(13_000.000000002, 28_000)).toEqual({ from: 13, to: 28 });
    expect(spanTouching(13_000, 28_000.000000004)).toEqual({ from: 13, to: 28 });
  });

  it('end where a recording does', () => {
    expect(spanUpTo({ from: 3, to: 13 }, 8)).toEqual({ from: 3, to: 8 });
    expect(spanUpTo({ from: 13, to: 33 }, 8)).toEqual({ from: 8, to: 8 });
  });
});

describe('the judged phases', () => {
  it('give a second that two of them share to the storm', () => {
    const phases = { baseline: '62s', storm: '121s', recovery: '120s' } as const;
    const recording = recordingOf({ plan: storyPlan({ phases }, { pace: 'quick' }) });
    expect(recording.plan.phases.map(({ to }) => Math.round(to))).toEqual([3_000, 13_333, 33_500, 57_500]);
    expect(judgedPhases(recording)).toEqual({
      baseline: { from: 3, to: 13, whole: true },
      storm: { from: 13, to: 34, whole: true },
      recovery: { from: 34, to: 57, whole: true },
    });
  });

  it('end a deadline before a recording that is cut off', () => {
    const recording = recordingOf({ plan: storyPlan({}, { pace: 'quick' }), until: 31, ended: 'interrupted' });
    const phases = judgedPhases(recording);
    expect(phases.storm).toEqual({ from: 13, to: 26, whole: false });
    expect(phases.recovery).toEqual({ from: 26, to: 26, whole: false });
    expect(scoredSpan(phases)).toEqual({ from: 3, to: 26 });
  });
});
