import { describe, expect, it } from 'vitest';
import type { FaultEvent, Health } from '../../../core/event.ts';
import { measure } from '../../../score/measured.ts';
import { reasonsAgainst } from '../../../score/validity/validity.ts';
import {
  eventsOf,
  inPhases,
  recordingFrom,
  recordingOf,
  type Story,
  storyFault,
  storyPlan,
} from '../../support/recordings.ts';

/** Baseline 3 to 13 s, storm to 33 s, recovery to 57 s. */
const PLAN = storyPlan({}, { pace: 'quick' });
const FAULTY = storyPlan({ faults: [storyFault] }, { pace: 'quick' });

function reasonsOf(story: Story) {
  return reasonsAgainst(measure(recordingOf({ plan: PLAN, ...story })));
}

function namesOf(story: Story) {
  return reasonsOf(story).map(({ name }) => name);
}

function baseline(share: (second: number) => number): Story {
  return { quality: inPhases(PLAN, { baseline: share }) };
}

it('a run in which nothing is wrong has no reason against it', () => {
  expect(reasonsOf({})).toEqual([]);
});

describe('a baseline that is not steady', () => {
  it('has a median below .95', () => {
    expect(reasonsOf(baseline(() => 0.94))).toEqual([
      {
        name: 'baseline-not-steady',
        says: 'the target was not steady before the storm: its median quality was 94 %, and has to be 95 %',
        environmental: false,
      },
    ]);
    expect(namesOf(baseline(() => 0.95))).toEqual([]);
  });

  it('serves next to nobody, though that be the best it ever does and all that it is held to', () => {
    const [reason] = reasonsOf({ quality: () => 0.03 });
    expect(reason?.says).toContain('its median quality was 3 %');
  });

  it('has more than a tenth of its seconds below .90', () => {
    const lows = (...seconds: number[]) => baseline((second) => (seconds.includes(second) ? 0.89 : 1));
    expect(namesOf(lows(2, 7))).toEqual(['baseline-not-steady']);
    expect(namesOf(lows(2))).toEqual([]);
  });

  it('has halves that differ by more than .05', () => {
    const falling = (by: number) => baseline((second) => (second < 5 ? 1 : 1 - by));
    expect(reasonsOf(falling(0.06))[0]?.says).toContain('from 100 % in the first half to 94 % in the second');
    expect(namesOf(falling(0.05))).toEqual([]);
  });

  it('is blamed on the machine only when the generator was in trouble in it', () => {
    const late = (from: number, to: number) => (second: number) => (second >= from && second < to ? { lag: 500 } : {});
    const reason = (story: Story) => reasonsOf(story).find(({ name }) => name === 'baseline-not-steady');
    expect(reason({ ...baseline(() => 0.5), health: late(3, 5) })?.environmental).toBe(true);
    expect(reason({ ...baseline(() => 0.5), health: late(20, 22) })?.environmental).toBe(false);
  });

  it('is not judged before it was recorded whole', () => {
    expect(namesOf({ ...baseline(() => 0.5), until: 16, ended: 'interrupted' })).toEqual(['interrupted']);
    expect(namesOf({ ...baseline(() => 0.5), until: 19, ended: 'interrupted' })).toContain('baseline-not-steady');
  });
});

describe('a machine that others use as well', () => {
  const taken = (others: number, stolen = 0) => ({ health: () => ({ machine: { busy: 0.9, stolen, others } }) });

  it('is another one than a target that the run started there was tuned to', () => {
    const says = 'others took 25 % of the machine in 54 seconds of 54, and the target was tuned without them';
    expect(reasonsOf({ ...taken(0.05, 0.2), alongside: true })).toEqual([
      { name: 'machine-shared', says, environmental: true },
    ]);
    expect(namesOf({ ...taken(0.2), alongside: true })).toEqual([]);
  });

  it('is one in more than a tenth of the seconds', () => {
    const during = (count: number) =>
      namesOf({
        health: (second) => ({
          machine: { busy: 0.9, stolen: 0, others: second >= 20 && second < 20 + count ? 0.5 : 0 },
        }),
        alongside: true,
      });
    expect(during(6)).toEqual(['machine-shared']);
    expect(during(5)).toEqual([]);
  });

  it('says nothing of a target that was there before, and nothing where nobody tells of others', () => {
    expect(namesOf(taken(0.5))).toEqual([]);
    expect(namesOf({ health: () => ({ machine: { busy: 0.9, stolen: 0.01 } }), alongside: true })).toEqual([]);
  });

  it('is to blame for a baseline that was not steady', () => {
    const [shared, unsteady] = reasonsOf({ ...taken(0.5), ...baseline(() => 0.5), alongside: true });
    expect([shared?.name, unsteady?.name]).toEqual(['machine-shared', 'baseline-not-steady']);
    expect(unsteady).toMatchObject({
      says: expect.stringMatching(/the generator's own machine was in trouble then/),
      environmental: true,
    });
  });
});

describe('a saturated generator', () => {
  it('dropped more than 1 % of the arrivals that were due while it was scored', () => {
    const dropping = (dropped: number) => namesOf({ health: (second) => (second === 20 ? { dropped } : {}) });
    expect(dropping(55)).toEqual(['generator-saturated']);
    expect(dropping(54)).toEqual([]);
    expect(namesOf({ health: (second) => (second === 1 ? { dropped: 1_000 } : {}) })).toEqual([]);
  });

  it.each([
    ['lateness p99 above 100 ms', { late: [500, 98, 150_000, 2] }],
    ['a loop away for more than 100 ms', { lag: 101 }],
    ['no report at all', undefined],
  ])('had %s in more than 5 % of the scored seconds', (_, trouble) => {
    const during = (count: number) =>
      namesOf({ health: (second) => (second >= 20 && second < 20 + count ? trouble : {}) });
    expect(during(3)).toEqual(['generator-saturated']);
    expect(during(2)).toEqual([]);
  });

  it('is not one that was late in one arrival of a thousand, or away for 100 ms', () => {
    expect(namesOf({ health: () => ({ late: [500, 999, 150_000, 1], lag: 100 }) })).toEqual([]);
  });

  it('says by how much, what its machine was doing, and that running again may help', () => {
    const [reason] = reasonsOf({ health: () => ({ lag: 230, machine: { busy: 0.97, stolen: 0.41 } }) });
    expect(reason).toEqual({
      name: 'generator-saturated',
      says: 'the generator could not keep up: 54 seconds of 54 were late, the worst: its loop away for 230 ms at 3 s; its machine was 97 % busy on average, and 41 % of it was taken away by others',
      environmental: true,
    });
  });

  it('is judged over all its workers together: the many put the few in proportion, the longest lag stands', () => {
    const second =
      (worker: number, changes: Partial<Health>) =>
      (at: number): Health => ({
        ...{ kind: 'health', second: at, worker, due: 1_000, started: 1_000, dropped: 0, late: [500, 1_000] },
        ...{ lag: 1, inFlight: 0, sockets: 0, ...changes },
      });
    const seconds = Array.from({ length: 57 }, (_, at) => at);
    expect(namesOf({ health: () => ({ late: [150_000, 9] }), events: seconds.map(second(1, {})) })).toEqual([]);
    expect(namesOf({ events: seconds.map(second(1, { lag: 500 })) })).toEqual(['generator-saturated']);
    expect(namesOf({ events: seconds.slice(0, 40).map(second(1, {})) })).toEqual(['generator-saturated']);
  });

  it('is judged by the main thread where there is no other', () => {
    const alone = (heard: (second: number) => boolean) =>
      recordingFrom(
        eventsOf({ plan: PLAN }).filter(
          (event) => event.kind !== 'health' || (event.worker < 0 && heard(event.second)),
        ),
      );
    expect(reasonsAgainst(measure(alone(() => true)))).toEqual([]);
    expect(reasonsAgainst(measure(alone((second) => second < 20 || second >= 25)))).toMatchObject([
      { name: 'generator-saturated' },
    ]);
  });

  it('does not depend on the main thread, which makes no load', () => {
    const events = eventsOf({ plan: PLAN }).map((event) =>
      event.kind === 'health' && event.worker === -1 ? { ...event, lag: 5_000 } : event,
    );
    expect(reasonsAgainst(measure(recordingFrom(events)))).toEqual([]);
  });
});

describe('a fault', () => {
  const told = (...states: FaultEvent['state'][]): Story => ({
    plan: FAULTY,
    faults: states.map((state, index) => ({
      kind: 'fault',
      at: 20_000 + index,
      fault: 0,
      state,
      says: `says ${state}`,
    })),
  });

  it('that was put in and not proven to bite makes the run invalid, and is no fault of the machine', () => {
    expect(reasonsOf(told('applied', 'not proven', 'lifted'))).toEqual([
      {
        name: 'fault-not-proven',
        says: 'the fault latency at auth was put in, but no measurement shows that it bit: says not proven',
        environmental: false,
      },
    ]);
    expect(namesOf(told('applied', 'lifted'))).toEqual(['fault-not-proven']);
  });

  it('that was proven does not, nor one that could not be injected', () => {
    expect(namesOf(told('applied', 'proven', 'lifted'))).toEqual([]);
    expect(namesOf(told('not injected'))).toEqual([]);
  });

  it('that was not lifted leaves no recovery to judge', () => {
    expect(reasonsOf(told('applied', 'proven', 'not lifted'))[0]?.says).toContain('was not lifted');
    expect(namesOf(told('applied', 'proven', 'not lifted', 'lifted'))).toEqual([]);
  });

  it('whose proof was cut off is not held against the target', () => {
    expect(namesOf({ ...told('applied'), until: 40, ended: 'interrupted' })).toEqual(['interrupted']);
  });
});

describe('missing data', () => {
  it.each([
    ['baseline', 3, 13],
    ['storm', 13, 33],
    ['recovery', 33, 57],
  ])('of the whole %s makes the run invalid', (name, from, to) => {
    const [reason] = reasonsOf({ offered: (second) => (second >= from && second < to ? 0 : 100) });
    expect(reason).toMatchObject({ name: 'no-data', environmental: false });
    expect(reason?.says).toContain(name);
  });

  it('of more than 5 % of the seconds in which people were due does, too', () => {
    const silent = (count: number) => namesOf({ offered: (second) => (second >= 36 && second < 36 + count ? 0 : 100) });
    expect(silent(3)).toEqual(['no-data']);
    expect(silent(2)).toEqual([]);
  });

  it('of the generator does, too', () => {
    const events = eventsOf({ plan: PLAN }).filter(({ kind }) => kind !== 'health');
    expect(reasonsAgainst(measure(recordingFrom(events)))).toMatchObject([
      { name: 'no-data', says: 'nothing is known of how the generator itself was doing' },
    ]);
  });
});

describe('a clock jump', () => {
  const jumping = (by: number) => reasonsOf({ health: (second) => ({ clockDrift: second >= 30 ? by : 0 }) });

  it('of more than a second makes the run invalid, either way', () => {
    expect(jumping(1_001)).toEqual([
      { name: 'clock-jump', says: "the generator's clock was set by 1 s at 30 s", environmental: true },
    ]);
    expect(jumping(-1_500)[0]?.says).toContain('by -1.5 s');
  });

  it('is not a clock that drifts slowly, however far', () => {
    expect(jumping(1_000)).toEqual([]);
    expect(namesOf({ health: (second) => ({ clockDrift: second * 900 }) })).toEqual([]);
  });
});
