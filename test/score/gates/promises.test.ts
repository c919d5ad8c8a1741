import { describe, expect, it } from 'vitest';
import type { Media } from '../../../core/event.ts';
import type { Breach } from '../../../core/media.ts';
import type { MediaMeasure } from '../../../core/profile.ts';
import { promises } from '../../../score/gates/promises.ts';
import { measure } from '../../../score/measured.ts';
import { inPhases, recordingOf, type Story, storyPlan } from '../../support/recordings.ts';

const PROMISED = { class: 'login', cohort: 'everybody', atLeast: 0.9 } as const;
const PLAN = storyPlan({ promises: [PROMISED] }, { pace: 'quick' });

function gateOf(story: Story) {
  return promises(measure(recordingOf({ plan: PLAN, ...story })));
}

describe('the gate promises', () => {
  it('fires when too few of the storm were good', () => {
    expect(gateOf({ quality: inPhases(PLAN, { storm: () => 0.89 }) })).toMatchObject({
      status: 'fired',
      says: 'a promise was not kept: login of everybody in the storm: 89 % good of 2000, promised 90 %',
    });
  });

  it('holds at the share promised, whatever happens outside the storm', () => {
    const quality = inPhases(PLAN, { baseline: () => 0, storm: () => 0.9, recovery: () => 0 });
    expect(gateOf({ quality }).status).toBe('held');
  });

  it('is not covered on fewer than 100 samples', () => {
    const few = (second: number) => (second >= 13 && second < 33 ? 4.95 : 100);
    expect(gateOf({ offered: few, quality: () => 0 })).toMatchObject({ status: 'not covered' });
    const enough = (second: number) => (second >= 13 && second < 33 ? 5 : 100);
    expect(gateOf({ offered: enough, quality: () => 0 }).status).toBe('fired');
  });

  it('fires when one of two is missed, though the other has too few samples', () => {
    const plan = storyPlan({ promises: [{ ...PROMISED, cohort: 'nobody' }, PROMISED] }, { pace: 'quick' });
    expect(gateOf({ plan, quality: () => 0.5 }).status).toBe('fired');
    expect(gateOf({ plan }).status).toBe('not covered');
  });

  it('compares a cohort with another one', () => {
    const plan = storyPlan(
      { promises: [{ ...PROMISED, of: 'late', atLeast: 0.9 }], bystanders: ['late'] },
      { pace: 'quick' },
    );
    const late = (good: number) => {
      const key = { scenario: 'visits of late', class: 'login', cohort: 'late' } as const;
      const counts = { offered: 100, good, first: good, eventual: good, shed: 0, dropped: 0, attempts: 100 };
      const bins = [15, 16].map(
        (second) => ({ kind: 'bin', second, ...key, ...counts, failed: {}, latency: [] }) as const,
      );
      return gateOf({ plan, quality: () => 0.5, events: bins });
    };
    expect(late(55).status).toBe('held');
    expect(late(60)).toMatchObject({
      status: 'fired',
      says: 'a promise was not kept: login of everybody in the storm: 50 % good of 2000, promised 54 %, which is 90 % of what late had',
    });
    expect(gateOf({ plan, quality: () => 0.5 }).status).toBe('not covered');
  });

  it('is not covered without promises, or when the storm was cut short', () => {
    expect(gateOf({ plan: storyPlan({}, { pace: 'quick' }) }).status).toBe('not covered');
    expect(gateOf({ quality: () => 0, until: 30, ended: 'interrupted' }).status).toBe('not covered');
  });
});

describe('a promise about media', () => {
  const promising = (measure: MediaMeasure) =>
    storyPlan({ promises: [{ measure, cohort: 'everybody', atLeast: 0.95 }] }, { pace: 'quick' });
  /** Ten people in each of the first 20 seconds of the storm. */
  const media = (facts: Partial<Media>, from = 13, cohort = 'everybody') =>
    Array.from(
      { length: 20 },
      (_, second): Media => ({
        ...{
          kind: 'media',
          second: from + second,
          scenario: 'visits',
          cohort,
          participants: 10,
          held: 10,
          breaches: {},
        },
        ...{ audio: { packets: 0, lost: 0 }, video: { packets: 0, lost: 0 }, bytesReceived: 0, bytesSent: 0 },
        ...{ freezes: 0, frozen: 0, watched: 0, jitter: [], roundTrip: [], audioDelay: [], videoDelay: [] },
        ...{ early: [], late: [], mos: [], ...facts },
      }),
    );
  const judged = (measure: MediaMeasure, events: readonly Media[]) => gateOf({ plan: promising(measure), events });

  it('is broken by sound that is lost or late or missing, and not by pictures', () => {
    const broken = (breach: Breach) => judged('audio_floor', media({ held: 9, breaches: { [breach]: 1 } }));
    for (const breach of ['absent', 'unseated', 'silent', 'loss', 'audio-delay'] as const)
      expect(broken(breach)).toMatchObject({
        status: 'fired',
        says: `a promise was not kept: audio_floor of everybody in the storm: held in 90 % of 200 participant-seconds (${breach} 20), promised in 95 %`,
      });
    for (const breach of ['video-delay', 'frozen'] as const) expect(broken(breach).status).toBe('held');
  });

  it('is broken by sound that is too early or too late for its picture in one second of ten', () => {
    const apart = (early: readonly number[], late: readonly number[]) => judged('av_skew', media({ early, late }));
    expect(apart([80_000, 10], []).status).toBe('held');
    expect(apart([], [180_000, 10]).status).toBe('held');
    expect(apart([80_000, 9, 100_000, 1], [])).toMatchObject({
      status: 'fired',
      says: expect.stringContaining('within -185 to +90 ms in 90 % of 200 participant-seconds'),
    });
    expect(apart([80_000, 9], [200_000, 1]).status).toBe('fired');
  });

  it('is about the storm and its cohort, and needs 100 samples', () => {
    const late = { late: [400_000, 10] };
    expect(judged('av_skew', media(late, 60)).status).toBe('not covered');
    expect(judged('av_skew', media(late, 13, 'others')).status).toBe('not covered');
    expect(judged('av_skew', media({ late: [400_000, 4] })).status).toBe('not covered');
  });
});
