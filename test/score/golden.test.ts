import { describe, expect, it } from 'vitest';
import { SURVIVAL } from '../../core/constants.ts';
import type { Plan } from '../../core/plan.ts';
import type { ComponentName, Score } from '../../core/score.ts';
import { score } from '../../score/score.ts';
import { inPhases, recordingOf, storyPlan } from '../support/recordings.ts';

type Shares = Parameters<typeof inPhases>[1];

/** One bystander cohort that follows the same trace as everybody. */
const ALIKE = storyPlan({ bystanders: ['neighbours'] });
const PEOPLE = 1_000;

function scoreOf(shares: Shares, plan: Plan = ALIKE, bystanders?: (second: number, cohort: string) => number): Score {
  const quality = inPhases(plan, shares);
  return score(recordingOf({ plan, offered: () => PEOPLE, quality, bystanders: bystanders ?? quality }));
}

const TRACES: readonly {
  name: string;
  shares: Shares;
  values: Record<'absorb' | 'recover' | 'isolate' | 'floor', number>;
  S: number;
}[] = [
  { name: '1 throughout', shares: {}, values: { absorb: 1, recover: 1, isolate: 1, floor: 1 }, S: 100 },
  {
    name: '.92 in the storm',
    shares: { storm: () => 0.92 },
    values: { absorb: 0.92, recover: 1, isolate: 0.92, floor: 0.92 },
    S: 95.12,
  },
  {
    name: '.55 in the storm',
    shares: { storm: () => 0.55 },
    values: { absorb: 0.55, recover: 1, isolate: 0.55, floor: 0.55 },
    S: 69.86,
  },
  {
    name: '0 in seconds 40 to 79 of the storm',
    shares: { storm: (second) => (second >= 40 && second < 80 ? 0 : 1) },
    values: { absorb: 0.6667, recover: 1, isolate: 0.6667, floor: 0 },
    S: 51.52,
  },
  {
    name: '.30 in the storm, then linear to 1 in 75 s',
    shares: { storm: () => 0.3, recovery: (second) => Math.min(1, 0.3 + (0.7 * (second + 1)) / 75) },
    values: { absorb: 0.3, recover: 0, isolate: 0.3, floor: 0.3 },
    S: 15.36,
  },
  {
    name: '.30 in the storm, .12 ever after',
    shares: { storm: () => 0.3, recovery: () => 0.12 },
    values: { absorb: 0.3, recover: 0, isolate: 0.3, floor: 0.12 },
    S: 14.01,
  },
];

describe('the golden values of survival/1', () => {
  const scored = TRACES.map((trace) => ({ ...trace, judged: scoreOf(trace.shares) }));

  it.each(scored)('$name scores $S', ({ judged, values, S }) => {
    for (const [name, value] of Object.entries(values)) expect(componentOf(judged, name), name).toBeCloseTo(value, 3);
    expect(componentOf(judged, 'durable')).toBe(1);
    expect(judged.uncapped).toBeCloseTo(S, 2);
  });

  it('.92 in the storm with two of ten bystander cohorts at .50 scores 84.20', () => {
    const names = Array.from({ length: 10 }, (_, index) => `cohort ${index}`);
    const plan = storyPlan({ bystanders: names });
    const hurt = inPhases(plan, { storm: () => 0.5 });
    const judged = scoreOf({ storm: () => 0.92 }, plan, (second, cohort) =>
      cohort === 'cohort 3' || cohort === 'cohort 7' ? hurt(second) : 1,
    );
    expect(componentOf(judged, 'isolate')).toBeCloseTo(0.5, 9);
    expect(judged.uncapped).toBeCloseTo(84.2, 2);
  });

  it('counts 67 s from the end of the storm to the first good stretch of the linear recovery', () => {
    expect(scored[4]?.judged.recoveredAfter).toBe(67);
  });

  it('keeps the order of the first six when any one weight moves by half', () => {
    for (const moved of Object.keys(SURVIVAL.weights)) {
      for (const factor of [0.5, 1, 1.5]) {
        const scores = scored.map(({ judged }) => byHand(judged.components, moved, factor));
        expect(scores, `${moved} times ${factor}`).toEqual(scores.toSorted((a, b) => b - a));
        expect(new Set(scores).size).toBe(TRACES.length);
      }
    }
  });

  it('is what the formula gives by hand', () => {
    for (const { judged } of scored) {
      expect(judged.uncapped).toBeCloseTo(byHand(judged.components, 'absorb', 1), 9);
    }
  });

  it('leaves out components a login-only target does not have, without penalty', () => {
    const judged = scoreOf({ storm: () => 0.92 }, storyPlan());
    expect(judged.components.map(({ name }) => name)).toEqual(['absorb', 'recover', 'floor']);
    expect(judged.uncapped).toBeCloseTo(100 * 0.92 ** (0.4 / 0.65), 9);
    expect(judged.coverage.value).toBe(1);
  });
});

function componentOf({ components }: Score, name: string): number | undefined {
  return components.find((component) => component.name === name)?.value;
}

function byHand(components: Score['components'], moved: string, factor: number): number {
  const weightOf = (name: ComponentName) => SURVIVAL.weights[name] * (name === moved ? factor : 1);
  const all = components.reduce((sum, { name }) => sum + weightOf(name), 0);
  return components.reduce(
    (product, { name, value = Number.NaN }) => product * Math.max(value, 0.01) ** (weightOf(name) / all),
    100,
  );
}
