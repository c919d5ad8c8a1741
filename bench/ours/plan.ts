import { arrivalsIn, type Curve, steady } from '../../core/curve.ts';
import type { Plan, PlannedScenario } from '../../core/plan.ts';
import { plan } from '../../core/planning/plan.ts';
import type { Target } from '../../core/target.ts';
import { loginStorm } from '../../profiles/login-storm.ts';

/** Milliseconds of the ramp before the full rate. */
export const RAMP = 1_000;

/** A ramp of a second, then a constant rate to the end. */
export function curveOf(rate: number, seconds: number): Curve {
  return [{ from: 0, to: RAMP, startRate: 0, endRate: rate }, steady(RAMP, seconds * 1_000, rate)];
}

/**
 * The plan of the login storm with its load replaced: sign-ins by an open model at one rate, with people who wait ten
 * seconds and try once, as the peers do, and none who mistypes the password, as the server lets everybody in.
 */
export function planOf(rate: number, seconds: number, { operations }: Pick<Target, 'operations'>): Plan {
  const made = plan(loginStorm, { operations });
  const base = made.scenarios.find(({ role }) => role === 'base');
  if (!base) throw new Error('the login storm has no base load');
  const curve = curveOf(rate, seconds);
  const patience = 10_000;
  const once = { share: 1, attempts: 1, base: 0, cap: 0, jitter: false, honoursRetryAfter: false };
  const habits = { patience, wrongPassword: 0, retries: [once], longestRetryDelay: 0, horizon: patience };
  const maxVUs = Math.ceil((rate * patience) / 1_000) + 10;
  const scenario: PlannedScenario = { ...base, curve, maxVUs, signedIn: 0 };
  const end = seconds * 1_000;
  const arrivals = curve.map(arrivalsIn).reduce((sum, each) => sum + each, 0);
  return {
    ...made,
    phases: phasesUpTo(end),
    scenarios: [scenario],
    cohorts: made.cohorts.filter(({ role }) => role === 'primary'),
    components: ['absorb', 'recover', 'floor'],
    habits,
    classes: made.classes.filter(({ name }) => name === 'login').map((terms) => ({ ...terms, deadline: patience })),
    bounds: { arrivals: Math.ceil(arrivals), peakRate: rate, inFlight: maxVUs, length: end + patience },
  };
}

function phasesUpTo(end: number): Plan['phases'] {
  return [
    { name: 'warm-up', from: 0, to: RAMP },
    { name: 'baseline', from: RAMP, to: end },
    { name: 'storm', from: end, to: end },
    { name: 'recovery', from: end, to: end },
  ];
}
