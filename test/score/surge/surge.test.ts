import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../core/event.ts';
import type { IndicatorName } from '../../../core/indicator.ts';
import { phaseOf } from '../../../core/plan.ts';
import type { CountermeasureName } from '../../../core/profile.ts';
import { score } from '../../../score/score.ts';
import { inPhases, recordingOf, type Story, storyPlan } from '../../support/recordings.ts';

const ALL = ['autoscaling', 'quality-adaptation', 'overflow-routing', 'load-shedding'] as const;
const PLAN = storyPlan({ countermeasures: ALL }, { pace: 'quick', scale: 1, capacity: { login: 10_000 } });
const STORM = phaseOf(PLAN, 'storm').from / 1_000;

type Told = Partial<Record<IndicatorName, number>>;

/** What the target told before the surge, and what it tells so many seconds into it. */
const telling = (before: Told, during: (second: number) => Told): Story => ({
  scrape: (second) => ({ indicators: second < STORM ? before : during(second - STORM) }),
});

function surgeIn(story: Story) {
  const { surge } = score(recordingOf({ plan: PLAN, ...story }));
  if (!surge) throw new Error('nothing is said of the surge');
  return surge;
}

function found(name: CountermeasureName, story: Story) {
  return surgeIn(story).countermeasures.find((one) => one.name === name);
}

const status = (name: CountermeasureName, story: Story) => found(name, story)?.status;

it('nothing is said where the incident names no countermeasures', () => {
  expect(score(recordingOf()).surge).toBeUndefined();
});

it('what a target does not tell is not known, each by itself', () => {
  const { firstTier, countermeasures } = surgeIn({});
  expect(firstTier).toBeUndefined();
  expect(countermeasures.map(({ name, status }) => [name, status])).toEqual(
    ALL.map((name) => [name, 'could not tell']),
  );
});

describe('autoscaling', () => {
  it('is seen when there are more servers than ever before, with when', () => {
    const story = telling({ instances: 2 }, (second) => ({ instances: second < 8 ? 2 : 5 }));
    expect(found('autoscaling', story)).toMatchObject({
      status: 'seen',
      says: expect.stringContaining('8 s into the surge'),
    });
  });

  it('is not seen when as many are left, or fewer, or more than there were only for a while before', () => {
    expect(
      status(
        'autoscaling',
        telling({ 'media.servers': 3 }, () => ({ 'media.servers': 3 })),
      ),
    ).toBe('not seen');
    expect(
      status(
        'autoscaling',
        telling({ instances: 3 }, (second) => ({ instances: second > 5 ? 3 : 1 })),
      ),
    ).toBe('not seen');
  });

  it('is not seen when it comes after the five minutes, scaled by the pace', () => {
    const long = storyPlan(
      { countermeasures: ALL, phases: { baseline: '60s', storm: '400s', recovery: '120s' } },
      { pace: 'natural', scale: 1, capacity: { login: 10_000 } },
    );
    const storm = phaseOf(long, 'storm').from / 1_000;
    const scaledAfter = (late: number): Story => ({
      plan: long,
      scrape: (second) => ({ indicators: { instances: second < storm + late ? 1 : 2 } }),
    });
    expect(status('autoscaling', scaledAfter(290))).toBe('seen');
    expect(status('autoscaling', scaledAfter(310))).toBe('not seen');
  });
});

describe('quality adaptation', () => {
  const media = (seats: number, bytesPerSeat: number) => (second: number) => ({
    'media.seats': seats,
    'media.video.out': second * seats * bytesPerSeat,
  });
  const sent = (seats: number, bytesPerSeat: number): Story => ({
    scrape: (second) => ({
      indicators: second < STORM ? media(10, 50_000)(second) : media(seats, bytesPerSeat)(second),
    }),
  });

  it('is seen when each participant is sent less while there are more of them', () => {
    expect(found('quality-adaptation', sent(30, 20_000))).toMatchObject({
      status: 'seen',
      says: expect.stringContaining('from 400 kbit/s to 160 kbit/s'),
    });
  });

  it('is not seen when each of them is sent as much as before', () => {
    expect(status('quality-adaptation', sent(30, 50_000))).toBe('not seen');
  });

  it('cannot be told when no more people came', () => {
    expect(status('quality-adaptation', sent(10, 20_000))).toBe('could not tell');
  });
});

describe('overflow routing', () => {
  const overflow = (rate: number): Story => ({
    scrape: (second) => ({ indicators: { 'overflow.success': second < STORM ? 0 : rate * (second - STORM) } }),
  });

  it('is seen when an overflow path serves anybody, and not when none does', () => {
    expect(status('overflow-routing', overflow(12))).toBe('seen');
    expect(status('overflow-routing', overflow(0))).toBe('not seen');
  });
});

describe('load shedding', () => {
  /** So many more come than are served, and are told so. */
  const turnedAway = (count: number): RunEvent[] =>
    Array.from({ length: 20 }, (_, index) => ({
      ...{ kind: 'bin', second: STORM + index, scenario: 'logins', class: 'login', cohort: 'everybody' },
      ...{
        offered: count,
        good: 0,
        first: 0,
        eventual: 0,
        shed: count,
        dropped: 0,
        failed: {},
        attempts: count,
        latency: [],
      },
    }));

  it('is seen when those who are not served are told so, and as many as before are served', () => {
    expect(status('load-shedding', { events: turnedAway(400) })).toBe('seen');
  });

  it('is not seen when people wait for nothing', () => {
    expect(status('load-shedding', { quality: inPhases(PLAN, { storm: () => 0.2 }) })).toBe('not seen');
  });

  it('is not seen when everybody is told, but hardly anybody is served any more', () => {
    const story: Story = {
      offered: (second) => (second < STORM || second >= STORM + 20 ? 100 : 20),
      events: turnedAway(400),
    };
    expect(status('load-shedding', story)).toBe('not seen');
  });

  it('cannot be told when there was nothing to shed', () => {
    expect(status('load-shedding', {})).toBe('could not tell');
  });
});

describe('the first tier to give way', () => {
  it('is the one whose queue grew first, and the others follow', () => {
    const story = telling({ 'login.queue': 2, 'database.pool.waiting': 0 }, (second) => ({
      'login.queue': second < 10 ? 2 : 400,
      'database.pool.waiting': second < 4 ? 0 : 90,
    }));
    expect(surgeIn(story).firstTier).toEqual({
      says: expect.stringMatching(/^the first to give way was the database 4 s .*, then authentication 10 s /),
      from: 'target',
    });
  });

  it('is none when no queue is longer than usual', () => {
    expect(surgeIn(telling({ 'login.queue': 400 }, () => ({ 'login.queue': 500 }))).firstTier).toBeUndefined();
  });
});
