import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../core/event.ts';
import { meanQuality } from '../../score/mean-quality.ts';
import { recovered } from '../../score/recovered.ts';
import { eventsOf, momentOf, recordingFrom, recordingOf, storyPlan } from '../support/recordings.ts';

/** Recovery from 33 to 57 s; a stretch is 6 s, its means 3 s. */
const PLAN = storyPlan({}, { pace: 'quick', scale: 1, capacity: { login: 1_000 } });

/** A run that is good outside some seconds and still going on. */
function goingOn(until: number, isGood: (second: number) => boolean, more: readonly RunEvent[] = []) {
  return recordingOf({
    plan: PLAN,
    until,
    ended: undefined,
    quality: (second) => (isGood(second) ? 1 : 0),
    events: more,
  });
}

function waiting(second: number, count: number): RunEvent {
  const key = { second, scenario: 'logins', class: 'login', cohort: 'everybody' } as const;
  const counts = { offered: count, good: 0, first: 0, eventual: 0, shed: 0, dropped: 0, attempts: 0 };
  return { kind: 'bin', ...key, ...counts, failed: {}, latency: [] };
}

describe('a target counts as recovered between two moments', () => {
  it('when a good stretch lies wholly between them', () => {
    const run = goingOn(57, (second) => second < 33 || (second >= 40 && second < 46));
    expect(recovered(run, 33_000, 57_000)).toBe(true);
    expect(recovered(run, 40_000, 46_000)).toBe(true);
    expect(recovered(run, 40_001, 57_000)).toBe(false);
    expect(recovered(run, 33_000, 45_999)).toBe(false);
  });

  it('not when the good seconds lie before or after', () => {
    const run = goingOn(57, (second) => second < 33);
    expect(recovered(run, 33_000, 57_000)).toBe(false);
    expect(recovered(run, 3_000, 33_000)).toBe(true);
  });

  it('not while people who were due are still waiting, and then when they were served', () => {
    const isGood = (second: number) => second < 33 || second >= 40;
    const stalled = [43, 44, 45].map((second) => waiting(second, 50));
    expect(recovered(goingOn(46, isGood, stalled), 33_000, 57_000)).toBe(false);
    const served = stalled.map((bin) => (bin.kind === 'bin' ? { ...bin, offered: 0, good: 50 } : bin));
    expect(recovered(goingOn(46, isGood, [...stalled, ...served]), 33_000, 57_000)).toBe(true);
  });

  it('though a few of the last second are still waiting', () => {
    const run = goingOn(46, (second) => second < 33 || second >= 40, [waiting(45, 4)]);
    expect(recovered(run, 33_000, 57_000)).toBe(true);
  });

  it('not on seconds that a worker has not told of yet', () => {
    const events = eventsOf({
      plan: PLAN,
      until: 46,
      ended: undefined,
      quality: (second) => (second >= 33 && second < 40 ? 0 : 1),
    });
    const silent = events.filter((event) => event.kind !== 'health' || event.second < 45);
    expect(recovered(recordingFrom(events), 33_000, 57_000)).toBe(true);
    expect(recovered(recordingFrom(silent), 33_000, 57_000)).toBe(false);
    const mainIsBehind = events.filter((event) => event.kind !== 'health' || event.worker >= 0 || event.second < 40);
    expect(recovered(recordingFrom(mainIsBehind), 33_000, 57_000)).toBe(true);
  });

  it('and once it does, it never ceases to, whatever comes later', () => {
    const events = eventsOf({
      plan: PLAN,
      ended: undefined,
      quality: (second) => (second >= 33 && second < 38 ? 0.2 : 1),
    });
    let was = false;
    for (let now = 33_000; now <= 57_000; now += 500) {
      const is = recovered(recordingFrom(events.filter((event) => momentOf(event) <= now)), 33_000, 57_000);
      expect(is || !was).toBe(true);
      was = is;
    }
    expect(was).toBe(true);
  });
});

describe('the mean quality between two moments', () => {
  it('is the mean over the seconds between them', () => {
    const run = goingOn(57, (second) => second % 2 === 0);
    expect(meanQuality(run, 40_000, 44_000)).toBe(0.5);
    expect(meanQuality(run, 40_000, 43_000)).toBeCloseTo(2 / 3, 9);
  });

  it('is undefined when nothing was offered', () => {
    const run = recordingOf({ plan: PLAN, until: 63, ended: undefined, offered: (second) => (second >= 57 ? 0 : 100) });
    expect(meanQuality(run, 57_000, 63_000)).toBeUndefined();
  });

  it('leaves out who is still waiting of the last second told, and counts who waits for longer', () => {
    const run = goingOn(57, () => true, [waiting(56, 100), waiting(55, 100)]);
    expect(meanQuality(run, 56_000, 57_000)).toBe(1);
    expect(meanQuality(run, 55_000, 56_000)).toBe(0.5);
  });
});
