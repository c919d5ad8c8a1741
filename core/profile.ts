import type { Duration } from './duration.ts';
import type { Fault } from './fault.ts';
import type { IndicatorName } from './indicator.ts';
import type { JourneyName } from './journey.ts';

/** An incident written down as data: who arrives, how fast, what breaks, what proves it. No code. */
export interface Profile {
  readonly name: string;
  readonly title: string;
  readonly incident: Incident;
  /** Phase lengths at natural pace. */
  readonly phases: { readonly baseline: Duration; readonly storm: Duration; readonly recovery: Duration };
  readonly classes: Readonly<Partial<Record<OperationClass, ClassTerms>>>;
  readonly habits: Habits;
  readonly scenarios: readonly Scenario[];
  readonly faults: readonly Fault[];
  readonly promises: readonly Promised[];
  readonly mechanism: Mechanism;
  /** What its source names as the answers to it; a report says of each whether it was seen. */
  readonly countermeasures?: readonly CountermeasureName[];
  readonly answers: KnownAnswers;
}

/** The classes a step can count in. */
export type OperationClass = 'login' | 'create' | 'join' | 'media' | 'chat' | 'record' | 'search' | 'assets' | 'ticket';

/** What an operation must do to be good, and how much it counts. */
export interface ClassTerms {
  /** How soon, counted from due, it must have succeeded. */
  readonly deadline: Duration;
  /** Its part in the quality of the primary cohorts; without it, bystanders alone are judged on it, all alike. */
  readonly weight?: number;
}

export interface Incident {
  /** `2020-03`, `2018-12`, `2013/2015`: as exact as the source is. */
  readonly date: string;
  readonly trigger: string;
  readonly damage: string;
  /** The section of the source document. */
  readonly source: string;
  /** Documented figures, each beside what a run measures of the same thing. */
  readonly figures: readonly Figure[];
}

/** A documented figure and the measurement of a run that stands beside it. */
export interface Figure {
  readonly what: string;
  readonly documented: string;
  readonly measured: Measurement;
}

/**
 * What a report can set beside a documented figure: the storm's arrivals over the baseline's, the share of the storm's
 * people who got what they came for, in all or of each cohort that came with it, how long the damage lasted after the storm,
 * the largest size of a climbing meeting at which media was good, or how long pictures were not.
 */
export type Measurement =
  | 'load-factor'
  | 'served-share'
  | 'served-by-cohort'
  | 'damage-lasted'
  | 'highest-rung'
  | 'degraded-video';

/** How people behave when a system does not answer, or turns them away. */
export interface Habits {
  /** How long one attempt is waited for. */
  readonly patience: Duration;
  /** The share of logins that carry a wrong password, and must be denied. */
  readonly wrongPassword: number;
  /** Shares add up to 1; who does what is drawn from the seed. */
  readonly retries: readonly Retry[];
}

/**
 * How somebody tries again, at most `attempts` times in all: at once, after a fixed pause, or backing off by doubling
 * from `base` to `cap`, each pause drawn between 0 and its length (full jitter). Who honours Retry-After waits as long
 * as told, and gives up when told to wait longer than `cap`.
 */
export type Retry =
  | { readonly share: number; readonly kind: 'immediate'; readonly attempts: number }
  | { readonly share: number; readonly kind: 'fixed'; readonly attempts: number; readonly delay: Duration }
  | {
      readonly share: number;
      readonly kind: 'exponential';
      readonly attempts: number;
      readonly base: Duration;
      readonly cap: Duration;
      readonly honoursRetryAfter: boolean;
    };

/**
 * Who arrives: a journey, a load and a role.
 * - `base`: from warm-up through recovery; the probe cuts it
 * - `storm`: during the storm only
 * - `bystander`: like base, but nobody targeted it and the probe leaves it alone; a cohort of its own
 */
export type Scenario = Load & {
  readonly name: string;
  readonly journey: JourneyName;
  readonly cohort: string;
  readonly role: 'base' | 'storm' | 'bystander';
  /** Of a storm that comes later, or ends sooner: how long after the storm began, and how long it lasts. */
  readonly wave?: { readonly after: Duration; readonly lasting: Duration };
  /** So many people sign in before the run begins, and walk the journey in turn. */
  readonly signedIn?: number;
};

/**
 * k6's executors under k6's names: open models by arrival rate (per second), and the closed model, never scored. Beside
 * them meetings, an open model by number: people come as planned, and stay as planned whatever becomes of the meeting.
 */
export type Load =
  | { readonly executor: 'constant-arrival-rate'; readonly rate: number; readonly maxVUs?: number }
  | {
      readonly executor: 'ramping-arrival-rate';
      readonly startRate: number;
      readonly stages: readonly Stage[];
      readonly maxVUs?: number;
    }
  | { readonly executor: 'ramping-vus'; readonly startVUs: number; readonly stages: readonly Stage[] }
  | {
      readonly executor: 'meetings';
      readonly count: number;
      /** Sizes rise, and may fall once they have: who came last leaves first. Who is left leaves at the end. */
      readonly rungs: readonly [Rung, ...Rung[]];
      /** The share of people who send a picture, 0..1; everybody unless told otherwise. */
      readonly cameras?: number;
      /** Where the people of each meeting are, in turn; nowhere in particular unless told otherwise. */
      readonly regions?: readonly [string, ...string[]];
    };

/** From a moment on each meeting has a size; people come one after another. */
export interface Rung {
  /** Since the storm began, at quick pace divided like the phases; a first rung without it begins with its scenario. */
  readonly after?: Duration;
  readonly size: number;
  /** How long it takes until all of them have come; at quick pace divided, too. */
  readonly over: Duration;
}

/** Reach `target` linearly over `duration`; at quick pace divided like the phases. */
export interface Stage {
  readonly duration: Duration;
  readonly target: number;
}

/** What the target must keep during the storm, on at least 100 samples. */
export type Promised = PromisedShare | PromisedMedia;

/** A share of one class that succeeds in time; with `of`, so much of the share that another cohort had. */
export interface PromisedShare {
  readonly class: OperationClass;
  readonly cohort: string;
  readonly of?: string;
  readonly atLeast: number;
}

/** A share of a cohort's participant-seconds in which their media were as they must be. */
export interface PromisedMedia {
  readonly measure: MediaMeasure;
  readonly cohort: string;
  readonly atLeast: number;
}

/**
 * - `audio_floor`: sound was there, whole and in time, whatever became of the picture
 * - `av_skew`: sound and picture of others were no further apart than ITU-R BT.1359 accepts, of the seconds that tell
 */
export type MediaMeasure = 'audio_floor' | 'av_skew';

/** What the target's own metrics must show for the death to be the documented one: all of the signs. */
export interface Mechanism {
  readonly says: string;
  readonly signs: readonly [Sign, ...Sign[]];
}

/**
 * A mean of an indicator over a phase, or its ratio to that of another, and what it has to come to: a counter counts by
 * its growth per second. `atMost` shows what was held down.
 */
export type Sign = Watched & (AtLeast | AtMost);

interface Watched {
  readonly during: 'storm' | 'recovery';
  readonly indicator: IndicatorName;
  readonly over?: IndicatorName;
}

interface AtLeast {
  readonly atLeast: number;
  readonly atMost?: number;
}

interface AtMost {
  readonly atLeast?: never;
  readonly atMost: number;
}

/** What a target can do about a surge, and what of it a recording can show. */
export type CountermeasureName = 'autoscaling' | 'quality-adaptation' | 'overflow-routing' | 'load-shedding';

/** How the reference target must end: its weak variant by this gate, and the hardened one alive. */
export interface KnownAnswers {
  readonly weak: string;
  readonly gate: GateName;
  /** How it does not recover, where the gate is that. */
  readonly endings?: readonly Ending[];
  /**
   * Settings of the reference target without any one of which the hardened one does not survive either; `one,other` are two
   * that stand in for each other, so that it takes both.
   */
  readonly savedBy?: readonly string[];
}

/**
 * How a target does not recover: by itself under less load, not even under none, while it still works off what has piled
 * up, by answering nothing at all, or in a way that nobody probed.
 */
export type Ending = 'METASTABLE' | 'STUCK' | 'DRAINING' | 'DOWN' | 'UNPROBED';

export type GateName =
  | 'not-recovered'
  | 'unplanned-death'
  | 'data-lost'
  | 'wrongly-granted'
  | 'bystanders'
  | 'promises';
