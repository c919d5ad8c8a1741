import type { Curve } from './curve.ts';
import type { Fault } from './fault.ts';
import type { JourneyName } from './journey.ts';
import type { OperationClass, Profile, Scenario } from './profile.ts';
import type { ComponentName } from './score.ts';
import type { Capacity, Operation } from './target.ts';

/**
 * A profile made ready to run: every duration in milliseconds on the run's clock, every rate scaled, every choice
 * seeded. Plain data; it opens the recording, so that a recording explains itself.
 */
export interface Plan {
  readonly version: 'plan/1';
  readonly profile: Profile;
  readonly seed: number;
  readonly pace: Pace;
  /** What the profile's rates and counts were multiplied by. */
  readonly scale: number;
  /** Warm-up, baseline, storm and recovery, back to back from 0. */
  readonly phases: readonly Phase[];
  readonly scenarios: readonly PlannedScenario[];
  /** Scenarios left out because the target lacks what they need, and those that go without something. */
  readonly uncovered: readonly Uncovered[];
  readonly habits: PlannedHabits;
  readonly classes: readonly ScoredClass[];
  readonly cohorts: readonly Cohort[];
  readonly components: readonly ComponentName[];
  readonly capacity: Capacity;
  readonly faults: readonly PlannedFault[];
  readonly windows: Windows;
  readonly probe: ProbePlan;
  readonly bounds: Bounds;
}

export type Pace = 'quick' | 'natural';

export type PhaseName = 'warm-up' | 'baseline' | 'storm' | 'recovery' | 'probe' | 'verification';

export interface Phase {
  readonly name: PhaseName;
  readonly from: number;
  readonly to: number;
}

/** An open scenario has a curve of arrivals per second; a closed one a curve of concurrent virtual users. */
export interface PlannedScenario {
  readonly name: string;
  readonly journey: JourneyName;
  readonly cohort: string;
  readonly role: Scenario['role'];
  readonly model: 'open' | 'closed';
  readonly curve: Curve;
  /** Arrivals beyond so many virtual users at work are dropped, and counted. */
  readonly maxVUs: number;
  readonly signedIn: number;
  /** Of scenarios in which people stay in meetings, and their arrivals are numbered by it. */
  readonly meetings?: PlannedMeetings;
}

/** Meetings of planned size; every arrival has a place in one of them, and a time to leave. */
export interface PlannedMeetings {
  readonly count: number;
  /** The share of people who send a picture, 0..1. */
  readonly cameras: number;
  /** Where the people of each meeting are, in turn. */
  readonly regions?: readonly [string, ...string[]];
  /** From when on each meeting has a size. */
  readonly rungs: readonly { readonly at: number; readonly size: number }[];
  /** When everybody leaves. */
  readonly until: number;
}

export interface Uncovered {
  readonly scenario: string;
  readonly lacks: readonly Operation[];
  /** It is there, and goes without these. */
  readonly partly?: true;
}

export interface PlannedHabits {
  readonly patience: number;
  readonly wrongPassword: number;
  readonly retries: readonly PlannedRetry[];
  readonly longestRetryDelay: number;
  /** The longest anybody keeps trying one operation, from due to the end of the last attempt. */
  readonly horizon: number;
}

/** The pause before attempt n + 2 is `base * 2^n`, at most `cap`, drawn between 0 and that when `jitter`. */
export interface PlannedRetry {
  readonly share: number;
  readonly attempts: number;
  readonly base: number;
  readonly cap: number;
  readonly jitter: boolean;
  readonly honoursRetryAfter: boolean;
}

export interface ScoredClass {
  readonly name: OperationClass;
  readonly weight: number;
  readonly deadline: number;
}

/**
 * People who are judged together. `primary`: those the storm is about. `bystander`: those nobody targeted. `impostor`:
 * those who carry a wrong password; being denied is what is good for them, and they count in no quality.
 */
export interface Cohort {
  readonly name: string;
  readonly role: 'primary' | 'bystander' | 'impostor';
}

/** The cohort of people who carry a wrong password. */
export const IMPOSTORS = 'impostors';

export interface PlannedFault {
  readonly fault: Fault;
  readonly from: number;
  readonly to: number;
}

/** The scoring windows of survival/1, in milliseconds. */
export interface Windows {
  readonly stretch: number;
  readonly mean: number;
  readonly objective: number;
  readonly rto: number;
  readonly floor: number;
}

/** What is tried when a target does not recover: base load cut to each level and held, then restored and observed. */
export interface ProbePlan {
  readonly levels: readonly number[];
  readonly hold: number;
  readonly observe: number;
}

/** What a run can come to at most, the probe included. */
export interface Bounds {
  readonly arrivals: number;
  /** Arrivals per second at the peak. */
  readonly peakRate: number;
  /** Virtual users at work at once. */
  readonly inFlight: number;
  readonly length: number;
}

/** Whether a scenario's load goes on while it is probed: the storm is over, and nobody can be sent away from a meeting. */
export function isProbed({ model, role, meetings }: PlannedScenario): boolean {
  return model === 'open' && role !== 'storm' && !meetings;
}

/** Finds a phase the plan is sure to have. */
export function phaseOf(plan: Pick<Plan, 'phases'>, name: PhaseName): Phase {
  const phase = plan.phases.find((candidate) => candidate.name === name);
  if (!phase) throw new Error(`the plan has no phase ${name}`);
  return phase;
}
