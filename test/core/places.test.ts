import { expect, test } from 'vitest';
import { Mistakes } from '../../core/mistake.ts';
import { placesFor } from '../../core/planning/places.ts';
import { plan } from '../../core/planning/plan.ts';
import type { PlanRequest } from '../../core/planning/request.ts';
import type { Profile } from '../../core/profile.ts';
import { fiveHundredUserCeiling } from '../../profiles/500-user-ceiling.ts';
import { enterpriseCascade } from '../../profiles/enterprise-cascade.ts';
import { loginStorm } from '../../profiles/login-storm.ts';

/** The one thing that is wrong with a plan. */
function mistakeOf(profile: Profile, request: PlanRequest) {
  try {
    plan(profile, request);
  } catch (thrown) {
    if (!(thrown instanceof Mistakes)) throw thrown;
    expect(thrown.list).toHaveLength(1);
    return thrown.list[0];
  }
  throw new Error('nothing is wrong with it');
}

test('a storm that a few browsers cannot make is refused before anything starts, with what they can make', () => {
  const told = mistakeOf(loginStorm, { places: 2 });
  expect(told).toMatchObject({
    where: 'pages',
    what: 'login-storm at scale 1 needs 810 people in browsers at once, and there are 2 pages',
    mend: expect.stringMatching(
      /^ask for --pace natural --scale 0\.0024, or declare more pages, or put a few browsers /,
    ),
  });
  const made = plan(loginStorm, { places: 2, pace: 'natural', scale: 0.0024 });
  expect(placesFor(made.scenarios)).toBeLessThanOrEqual(2);
  expect(placesFor(plan(loginStorm, { places: 2, pace: 'natural', scale: 0.002 }).scenarios)).toBeLessThanOrEqual(2);
});

test('a capacity is still what the load is made for, where there are places enough for that', () => {
  const made = plan(loginStorm, { places: 10, pace: 'natural', capacity: { login: 1 } });
  expect(made.scale).toBeCloseTo(0.29 / 25, 3);
  expect(mistakeOf(loginStorm, { places: 2, pace: 'natural', capacity: { login: 120 } })?.mend).toMatch(
    /--scale 0\.0024/,
  );
});

test('what is too little for quick windows is not asked to be more than there are places for', () => {
  expect(mistakeOf(loginStorm, { places: 2, scale: 0.002 })).toMatchObject({
    where: 'base load',
    mend: 'ask for --pace natural',
  });
  expect(mistakeOf(loginStorm, { scale: 0.002 })?.mend).toBe('ask for --pace natural, or a larger size');
});

test('whoever stays in a meeting has a place all the time, and meetings have two people each at least', () => {
  expect(mistakeOf(enterpriseCascade, { places: 30 })).toMatchObject({
    what: expect.stringContaining('needs 60 people in browsers at once'),
    mend: expect.stringMatching(/^ask for --pace natural --scale 0\.\d+, /),
  });
  // Ten meetings take twenty people, however small they are.
  expect(mistakeOf(enterpriseCascade, { places: 19 })?.mend).toMatch(/^declare more pages, or /);
  const { mend = '' } = mistakeOf(fiveHundredUserCeiling, { places: 16 }) ?? {};
  const scale = Number(/--scale (\S+?),/.exec(mend)?.[1]);
  expect(plan(fiveHundredUserCeiling, { places: 16, pace: 'natural', scale }).scale).toBe(scale);
});

test('where nothing limits the places a plan is as it was', () => {
  expect(plan(loginStorm, { places: undefined })).toEqual(plan(loginStorm));
  expect(plan(loginStorm, { places: 900 })).toEqual(plan(loginStorm));
});
