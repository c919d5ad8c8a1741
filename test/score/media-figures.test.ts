import { describe, expect, it, test } from 'vitest';
import type { Media } from '../../core/event.ts';
import { phaseOf } from '../../core/plan.ts';
import type { Measurement, Rung } from '../../core/profile.ts';
import { score } from '../../score/score.ts';
import { eventsOf, recordingFrom, storyPlan } from '../support/recordings.ts';

const RUNGS = [
  { size: 10, over: '6s' },
  { after: '0s', size: 50, over: '6s' },
  { after: '60s', size: 100, over: '6s' },
  { after: '108s', size: 10, over: '6s' },
] as const satisfies readonly [Rung, ...Rung[]];

function planFor(measured: Measurement, pace: 'natural' | 'quick') {
  const media = { journey: 'attend', executor: 'meetings' } as const;
  return storyPlan(
    {
      incident: {
        ...{ date: '2014', trigger: '', damage: '', source: '' },
        figures: [{ what: 'media', documented: 'bad', measured }],
      },
      classes: { media: { deadline: '1s', weight: 1 }, join: { deadline: '3s' } },
      scenarios: [
        { ...media, name: 'hall', cohort: 'hall', role: 'base', count: 2, rungs: RUNGS },
        { ...media, name: 'rooms', cohort: 'rooms', role: 'bystander', count: 5, rungs: [{ size: 4, over: '6s' }] },
      ],
    },
    { pace },
  );
}

type Told = Partial<Omit<Media, 'kind' | 'second'>>;

/** The figure of a run in which each second of a scenario told something of its media. */
function figureOf(
  measured: Measurement,
  told: (sinceStorm: number) => Told,
  { pace = 'natural', until }: { pace?: 'natural' | 'quick'; until?: number } = {},
): string | undefined {
  const plan = planFor(measured, pace);
  const storm = phaseOf(plan, 'storm').from / 1_000;
  const end = until ?? Math.ceil(phaseOf(plan, 'recovery').to / 1_000);
  const events = Array.from({ length: end }, (_, second): Media => {
    const nothing = { jitter: [], roundTrip: [], audioDelay: [], videoDelay: [], early: [], late: [], mos: [] };
    const none = { packets: 0, lost: 0 };
    const counts = { bytesReceived: 0, bytesSent: 0, freezes: 0, frozen: 0, watched: 0, breaches: {} };
    return {
      ...{ kind: 'media', second, scenario: 'hall', cohort: 'hall', participants: 0, held: 0 },
      ...{ audio: none, video: none, ...counts, ...nothing, ...told(second - storm) },
    };
  });
  const ended = until === undefined ? {} : { until, ended: 'interrupted' as const };
  return score(recordingFrom(eventsOf({ plan, offered: () => 0, events, ...ended }))).figures[0]?.measured;
}

/** Two meetings that are as large as was planned three seconds before. */
function climbing(at: number, share: (size: number) => number): Told {
  const size = at < 9 ? 10 : at < 60 ? 50 : at < 69 ? 75 : at < 108 ? 100 : 10;
  return { participants: 2 * size, held: 2 * size * share(size) };
}

describe('the largest meeting that was carried', () => {
  const rung = (told: (sinceStorm: number) => Told, until?: number) =>
    figureOf('highest-rung', told, until === undefined ? {} : { until });

  it('is the last rung where all were held', () => {
    expect(rung((at) => climbing(at, () => 1))).toBe('100 participants');
  });

  it('is the last one of which 95 % was good, beside what became of the next one', () => {
    expect(rung((at) => climbing(at, (size) => (size === 100 ? 0.5 : 0.95)))).toBe(
      '50 participants; at 100 the quality floor held for 50 % of their seconds',
    );
    expect(rung((at) => climbing(at, (size) => (size === 50 ? 0.94 : size === 10 ? 1 : 0)))).toBe(
      '10 participants; at 50 the quality floor held for 94 % of their seconds',
    );
    expect(rung((at) => climbing(at, () => 0))).toBe('none; at 10 the quality floor held for 0 % of their seconds');
  });

  it('does not count what happens while the next ones come', () => {
    expect(rung((at) => climbing(at, (size) => (size === 75 ? 0 : 1)))).toBe('100 participants');
  });

  it('is not a rung that somebody was refused from', () => {
    const full = (at: number) => {
      const one = climbing(at, () => 1);
      return one.participants === 200 ? { participants: 199, held: 199 } : one;
    };
    expect(rung(full)).toBe('50 participants; at 100 they were never all there');
  });

  it('is not told where there was no media, and not beyond the end of a recording', () => {
    expect(rung(() => ({}))).toBe('not measured');
    expect(rung((at) => climbing(at, () => 1), 110)).toBe('50 participants; at 100 they were never all there');
  });
});

describe('how long video was degraded', () => {
  /** Everything as usual but for ten seconds of the storm. */
  const degraded = (spoilt: Told, pace: 'natural' | 'quick' = 'natural', from = 2) =>
    figureOf(
      'degraded-video',
      (at) => ({
        ...{ participants: 20, held: 20, video: { packets: 1_000, lost: 0 }, watched: 20_000 },
        ...(at >= from && at < from + 10 ? spoilt : {}),
      }),
      { pace },
    );

  it('is nothing where pictures stay as they were', () => {
    expect(degraded({})).toBe('0 min');
    expect(degraded({ video: { packets: 500, lost: 0 }, frozen: 1_000, breaches: { frozen: 1, loss: 19 } })).toBe(
      '0 min',
    );
  });

  test.each<[string, Told]>([
    ['half of the packets do not come', { video: { packets: 499, lost: 0 } }],
    ['more than a tenth are lost', { video: { packets: 899, lost: 101 } }],
    ['more than a twentieth of the time is frozen', { frozen: 1_001 }],
    ['more than a twentieth of the people see late or frozen pictures', { breaches: { frozen: 1, 'video-delay': 1 } }],
  ])('counts the seconds in which %s', (_, spoilt) => {
    expect(degraded(spoilt)).toBe('0.2 min');
  });

  it('is scaled to the natural pace', () => {
    expect(degraded({ frozen: 20_000 }, 'quick')).toBe('1 min (10 s in a run 6 times as fast)');
  });

  it('leaves the baseline out, and is not told where nobody had a picture before', () => {
    expect(degraded({ frozen: 20_000 }, 'natural', -12)).toBe('0 min');
    expect(figureOf('degraded-video', () => ({ participants: 20, held: 20 }))).toBe('not measured');
  });
});
