import type { CountermeasureName, Ending, GateName, OperationClass } from './profile.ts';

export type ComponentName = 'absorb' | 'recover' | 'isolate' | 'durable' | 'floor';

export type Verdict = 'survived' | 'degraded' | 'died' | 'inconclusive' | 'invalid';

/** The judgement of one recording; computed from it alone, and computable again. */
export interface Score {
  readonly version: string;
  readonly verdict: Verdict;
  /** One sentence that says why. */
  readonly because: string;
  /** 0..100, capped when a gate fired; undefined when invalid. */
  readonly value: number | undefined;
  /** Before the cap. */
  readonly uncapped: number | undefined;
  readonly threshold: number;
  readonly components: readonly Component[];
  readonly gates: readonly Gate[];
  readonly validity: readonly Reason[];
  readonly coverage: Coverage;
  readonly confidence: Interval | undefined;
  readonly entitlements: readonly Entitlement[];
  readonly mechanism: Evidence & { readonly status: 'found' | 'not found' | 'not covered' };
  readonly bottleneck: readonly Evidence[];
  /** Of an incident whose source names countermeasures. */
  readonly surge?: Surge;
  readonly agreement: readonly Agreement[];
  readonly figures: readonly FigureBeside[];
  /** Seconds to recover, counted from the storm's end; undefined when it did not. */
  readonly recoveredAfter: number | undefined;
  /** Second by second, for the plots: quality of the primary cohorts and of each bystander cohort. */
  readonly quality: readonly QualityPoint[];
  /** Why the recording is not whole, when it is not. */
  readonly partial: string | undefined;
}

/** One component: 0..1, undefined where there is no data for it. */
export interface Component {
  readonly name: ComponentName;
  readonly weight: number;
  readonly value: number | undefined;
  readonly says: string;
}

export interface Gate {
  readonly name: GateName;
  readonly status: 'held' | 'fired' | 'not covered';
  /** For a target that did not recover. */
  readonly kind?: Ending;
  readonly says: string;
  readonly evidence: readonly Evidence[];
}

/** A measured fact and where it comes from. */
export interface Evidence {
  readonly says: string;
  readonly from: 'client' | 'target' | 'supervisor';
}

/** What became of a surge; nothing of it counts in S. */
export interface Surge {
  /** The tier that gave way first by the target's own metrics; undefined when none did, or it does not tell. */
  readonly firstTier: Evidence | undefined;
  readonly countermeasures: readonly Countermeasure[];
}

export interface Countermeasure extends Evidence {
  readonly name: CountermeasureName;
  readonly status: 'seen' | 'not seen' | 'could not tell';
}

/** Why a run proves nothing. */
export interface Reason {
  readonly name:
    | 'baseline-not-steady'
    | 'generator-saturated'
    | 'fault-not-proven'
    | 'no-data'
    | 'clock-jump'
    | 'machine-shared'
    | 'interrupted';
  readonly says: string;
  /** True when the machine the generator ran on is to blame, so that running again may help. */
  readonly environmental: boolean;
}

export interface Coverage {
  readonly value: number;
  readonly says: readonly string[];
}

export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly says: string;
}

/** What a class was entitled to per second, and on whose word. */
export interface Entitlement {
  readonly class: OperationClass;
  readonly capacity: number | undefined;
  readonly source: 'declared' | 'self-relative';
  readonly mostOffered: number;
  readonly mostServed: number;
}

/** The target's own count of successes beside the clients'. */
export interface Agreement {
  readonly class: OperationClass;
  readonly target: number;
  readonly client: number;
  readonly agrees: boolean;
}

export interface FigureBeside {
  readonly what: string;
  readonly documented: string;
  readonly measured: string;
}

export interface QualityPoint {
  readonly second: number;
  readonly primary: number | undefined;
  readonly bystanders: Readonly<Record<string, number>>;
}

/** What several runs of the same plan say together: how far one run may be off from the next. */
export interface Repeated {
  readonly runs: number;
  readonly verdict: Verdict;
  /** One sentence that says why. */
  readonly because: string;
  /** S before the cap of every run that has one, in the order of the runs. */
  readonly values: readonly number[];
  readonly median: number | undefined;
  readonly least: number | undefined;
  /** The 95 % t-interval of the mean of S before the cap; it may reach beyond 0 and 100. Undefined below two values. */
  readonly interval: Bounds | undefined;
  readonly survived: number;
  /** Runs that survived, of all: what proved nothing did not survive. With its 95 % Wilson bounds. */
  readonly passRate: Bounds & { readonly share: number };
}

/** The ends of an interval. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}
