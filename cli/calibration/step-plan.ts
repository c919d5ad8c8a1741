import { steady } from '../../core/curve.ts';
import type { JourneyName } from '../../core/journey.ts';
import type { Plan } from '../../core/plan.ts';
import { plannedHabits } from '../../core/planning/habits.ts';
import type { OperationClass, Profile } from '../../core/profile.ts';

/** The classes that can be calibrated, and the journey that makes one arrival of each. */
export const CALIBRATED = {
  login: 'login',
  create: 'create',
  join: 'meet',
  search: 'report',
  ticket: 'ticket',
} as const satisfies Partial<Record<OperationClass, JourneyName>>;

export type CalibratedClass = keyof typeof CALIBRATED;

/** One step of constant load. */
export interface StepTerms {
  readonly class: CalibratedClass;
  /** Arrivals per second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly length: number;
  readonly deadline: number;
  readonly seed: number;
}

/** In which connections are opened and code gets warm; nobody who comes then counts. */
const WARM_UP = 1_000;

/** Who is signed in before the step, where a journey begins so: few, so that it is no storm to make them ready. */
const SIGNED_IN = 10;

/**
 * The plan of one step: so many arrivals a second of one journey, who wait twice the deadline and try once. It has the
 * phases that every run has; nobody judges a recovery in it.
 */
export function stepPlan(terms: StepTerms): Plan {
  const { class: name, rate, length, deadline, seed } = terms;
  const end = WARM_UP + length;
  const journey = CALIBRATED[name];
  const profile = stepProfile(terms);
  const habits = plannedHabits(profile.habits);
  const most = Math.ceil((rate * 2 * habits.horizon) / 1_000) + 20;
  const at = (from: number, to: number, phase: Plan['phases'][number]['name']) => ({ name: phase, from, to });
  return {
    version: 'plan/1',
    profile,
    seed,
    pace: 'quick',
    scale: 1,
    phases: [at(0, WARM_UP, 'warm-up'), at(WARM_UP, end, 'storm'), at(end, end, 'recovery')],
    scenarios: [
      {
        ...{ name: 'step', journey, cohort: 'everybody', role: 'base', model: 'open' },
        curve: [steady(0, end, rate)],
        maxVUs: most,
        signedIn: name === 'login' ? 0 : SIGNED_IN,
      },
    ],
    uncovered: [],
    habits,
    classes: [{ name, weight: 1, deadline }],
    cohorts: [{ name: 'everybody', role: 'primary' }],
    components: [],
    capacity: {},
    faults: [],
    windows: { stretch: end, mean: end, objective: end, rto: end, floor: end },
    probe: { levels: [], hold: 0, observe: 0 },
    bounds: { arrivals: Math.ceil((rate * end) / 1_000), peakRate: rate, inFlight: most, length: end + habits.horizon },
  };
}

function stepProfile({ class: name, rate, length, deadline }: StepTerms): Profile {
  return {
    name: 'calibrate',
    title: 'One step of constant load',
    incident: { date: '', trigger: '', damage: '', source: '', figures: [] },
    phases: { baseline: '1ms', storm: `${length}ms`, recovery: '1ms' },
    classes: { [name]: { deadline: `${deadline}ms`, weight: 1 } },
    habits: { patience: `${2 * deadline}ms`, wrongPassword: 0, retries: [] },
    scenarios: [
      {
        ...{ name: 'step', journey: CALIBRATED[name], cohort: 'everybody', role: 'base' },
        ...{ executor: 'constant-arrival-rate', rate },
      },
    ],
    faults: [],
    promises: [],
    mechanism: { says: '', signs: [{ during: 'storm', indicator: 'login.queue', atLeast: 1 }] },
    answers: { weak: '2020', gate: 'not-recovered' },
  };
}
