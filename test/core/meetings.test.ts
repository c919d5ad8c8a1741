import { describe, expect, test } from 'vitest';
import { arrivalsIn } from '../../core/curve.ts';
import { placeOf } from '../../core/meetings.ts';
import { Mistakes } from '../../core/mistake.ts';
import { type PlannedScenario, phaseOf } from '../../core/plan.ts';
import { plan } from '../../core/planning/plan.ts';
import type { PlanRequest } from '../../core/planning/request.ts';
import type { Profile, Rung } from '../../core/profile.ts';
import { Arrivals } from '../../generators/arrivals.ts';
import { loginStorm } from '../../profiles/login-storm.ts';

const RUNGS: readonly [Rung, ...Rung[]] = [
  { size: 20, over: '6s' },
  { after: '6s', size: 50, over: '6s' },
  { after: '18s', size: 200, over: '12s' },
  { after: '72s', size: 20, over: '6s' },
];

function profileOf(rungs: readonly [Rung, ...Rung[]]): Profile {
  return {
    ...loginStorm,
    classes: { media: { deadline: '1s', weight: 1 }, join: { deadline: '3s' } },
    scenarios: [
      {
        ...{ name: 'climbing', journey: 'attend', cohort: 'climbers', role: 'base' },
        executor: 'meetings',
        count: 1,
        rungs,
      },
      {
        ...{ name: 'others', journey: 'attend', cohort: 'others', role: 'bystander' },
        ...{ executor: 'meetings', count: 5, rungs: [{ size: 4, over: '6s' }], cameras: 0 },
      },
    ],
  };
}

function planned(name: string, request: PlanRequest = {}): PlannedScenario {
  const scenario = plan(profileOf(RUNGS), request).scenarios.find((one) => one.name === name);
  if (!scenario) throw new Error(`no scenario ${name}`);
  return scenario;
}

const total = ({ curve }: PlannedScenario) => curve.reduce((sum, segment) => sum + arrivalsIn(segment), 0);

describe('meetings', () => {
  test('have the same size at every pace, and are climbed sooner at quick pace', () => {
    const [quick, natural] = [planned('climbing'), planned('climbing', { pace: 'natural' })];
    expect(total(quick)).toBeCloseTo(200, 6);
    expect(total(natural)).toBeCloseTo(200, 6);
    expect(quick.meetings?.rungs.map(({ at, size }) => [at, size])).toEqual([
      [0, 20],
      [14_000, 50],
      [16_000, 200],
      [25_000, 20],
    ]);
    expect(natural.meetings?.rungs.map(({ at }) => at)).toEqual([0, 76_000, 88_000, 142_000]);
  });

  test('take everybody of them who is due, each a place in turn', () => {
    const scenario = planned('others');
    const arrivals = new Arrivals(scenario.curve);
    const taken = Array.from({ length: 30 }, () => arrivals.takeDue(1e9)).flatMap((one) => one ?? []);
    expect(taken).toHaveLength(20);
    const { meetings } = scenario;
    const places = taken.map(({ index }) => meetings && placeOf(meetings, index));
    for (let meeting = 0; meeting < 5; meeting += 1)
      expect(places.filter((place) => place?.meeting === meeting)).toHaveLength(4);
    expect(scenario).toMatchObject({ signedIn: 20, meetings: { cameras: 0 } });
  });

  test('are left last come, first gone, and by everybody at the end', () => {
    const { meetings } = planned('climbing');
    const leaves = (index: number) => meetings && placeOf(meetings, index).leaves;
    const end = phaseOf(plan(profileOf(RUNGS)), 'recovery').to;
    expect([0, 19, 20, 49, 50, 199].map(leaves)).toEqual([end, end, 25_000, 25_000, 25_000, 25_000]);
  });

  test('are scaled in size and not in number, and nobody is sent away from them by a probe', () => {
    const made = plan(profileOf(RUNGS), { scale: 2 });
    expect(made.scenarios.map(({ meetings, signedIn }) => [meetings?.count, signedIn])).toEqual([
      [1, 400],
      [5, 40],
    ]);
    expect(made.probe.levels).toEqual([]);
    expect(plan(loginStorm).probe.levels).not.toEqual([]);
  });

  test('are never so small that somebody is alone who was not to be', () => {
    const made = plan(profileOf(RUNGS), { scale: 0.04, pace: 'natural' });
    const sizes = made.scenarios.map(({ meetings }) => meetings?.rungs.map(({ size }) => size));
    expect(sizes).toEqual([[2, 2, 8, 2], [2]]);
    const alone = profileOf([{ size: 1, over: '6s' }]);
    expect(plan(alone, { scale: 0.5, pace: 'natural' }).scenarios[0]?.meetings?.rungs[0]?.size).toBe(1);
  });

  test('of a target without media are not covered', () => {
    const request = { operations: ['login', 'createMeeting', 'join', 'chat'] } as const;
    expect(() => plan(profileOf(RUNGS), request)).toThrow(/offers none .*\(media\)/);
  });

  test.each<[string, readonly [Rung, ...Rung[]], RegExp]>([
    ['that grow again', [...RUNGS, { after: '90s', size: 30, over: '1s' }], /rungs: rise again after they have fallen/],
    ['that come at once', [{ size: 20, over: '0s' }], /rungs\[0\]\.over: must be longer than nothing/],
    [
      'that come before the others',
      [RUNGS[0], { after: '3s', size: 50, over: '2s' }, { after: '4s', size: 60, over: '1s' }],
      /rungs\[2\]\.after: begins before the rung before it is reached/,
    ],
  ])('%s are a mistake', (_, rungs, words) => {
    expect(() => plan(profileOf(rungs))).toThrow(Mistakes);
    expect(() => plan(profileOf(rungs))).toThrow(words);
  });
});
