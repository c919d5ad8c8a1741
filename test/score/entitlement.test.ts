import { describe, expect, it } from 'vitest';
import { entitlementsOf } from '../../score/entitlement.ts';
import { score } from '../../score/score.ts';
import { inPhases, recordingOf, storyPlan } from '../support/recordings.ts';

const PLAN = storyPlan({}, { pace: 'quick' });
const DECLARED = storyPlan({}, { pace: 'quick', scale: 1, capacity: { login: 400 } });

/** Ten times the load in the storm, of which 250 a second are served. */
const STORM = {
  offered: (second: number) => (second >= 13 && second < 33 ? 1_000 : 100),
  quality: (second: number) => (second >= 13 && second < 33 ? 0.25 : 1),
};

describe('what a target owes', () => {
  it('is the capacity its owner declared', () => {
    const recording = recordingOf({ plan: DECLARED, ...STORM });
    expect(entitlementsOf(recording)).toEqual([
      { class: 'login', capacity: 400, source: 'declared', mostOffered: 1_000, mostServed: 250 },
    ]);
    const absorb = score(recording).components.find(({ name }) => name === 'absorb');
    expect(absorb?.value).toBeCloseTo(250 / 400, 9);
  });

  it('is its own best five seconds when none is declared, and the report says so', () => {
    const recording = recordingOf({ plan: PLAN, ...STORM });
    expect(entitlementsOf(recording)).toMatchObject([{ capacity: 250, source: 'self-relative' }]);
    const judged = score(recording);
    expect(judged.components.find(({ name }) => name === 'absorb')?.value).toBe(1);
    expect(judged.coverage.says).toContain(
      'login: no capacity is declared, so the target is judged by its own best: at most 250/s served, 1000/s offered',
    );
  });

  it('is not one lucky second', () => {
    const spike = recordingOf({ plan: PLAN, offered: (second) => (second === 20 ? 600 : 100) });
    expect(entitlementsOf(spike)).toMatchObject([{ capacity: 200 }]);
  });

  it('is not what it did while nothing was scored', () => {
    const early = recordingOf({ plan: PLAN, until: 70, offered: (second) => (second < 3 || second >= 57 ? 900 : 100) });
    expect(entitlementsOf(early)).toMatchObject([{ capacity: 100, mostOffered: 100 }]);
  });

  it('is all that was offered when it never served anybody', () => {
    const dead = recordingOf({ plan: PLAN, quality: () => 0 });
    expect(entitlementsOf(dead)).toMatchObject([{ capacity: undefined, mostServed: 0 }]);
    expect(score(dead).quality.every(({ primary }) => primary === 0)).toBe(true);
  });

  it('counts bystanders of the same class, and not people with a wrong password', () => {
    const plan = storyPlan({ bystanders: ['red', 'blue'] }, { pace: 'quick' });
    const impostors = { tried: 500, denied: 500, granted: 0 };
    const recording = recordingOf({ plan, impostors, bystanders: inPhases(plan, { storm: () => 0.5 }) });
    expect(entitlementsOf(recording)).toMatchObject([
      { class: 'login', mostOffered: 100 },
      { class: 'join', mostOffered: 200, mostServed: 200 },
    ]);
  });
});
