import type { Comings, Ledger, MachineFacts } from '../../core/event.ts';
import type { FailureKind } from '../../core/failure.ts';
import type { IndicatorName } from '../../core/indicator.ts';
import type { Breach, EntryTime } from '../../core/media.ts';
import type { PhaseName } from '../../core/plan.ts';
import type { Incident, OperationClass } from '../../core/profile.ts';
import type {
  Agreement,
  Component,
  Countermeasure,
  Coverage,
  Evidence,
  FigureBeside,
  Gate,
  Reason,
  Verdict,
} from '../../core/score.ts';
import type { Capacity, Operation } from '../../core/target.ts';
import type { Percentile } from '../percentile.ts';

/**
 * A run and its judgement for other programs, `report/1`: fields are added, never renamed or given another meaning.
 * What is not known is null. Described field by field in schema/report.schema.json.
 */
export interface JsonReport {
  readonly version: 'report/1';
  readonly verdict: Verdict;
  readonly because: string;
  readonly score: JsonScore;
  readonly gates: readonly (Omit<Gate, 'kind'> & { readonly kind: string | null })[];
  readonly validity: { readonly valid: boolean; readonly reasons: readonly Reason[] };
  readonly coverage: Coverage;
  readonly mechanism: Evidence & { readonly status: 'found' | 'not found' | 'not covered' };
  readonly bottleneck: readonly Evidence[];
  readonly surge: JsonSurge | null;
  readonly agreement: readonly Agreement[];
  readonly figures: readonly FigureBeside[];
  readonly incident: Omit<Incident, 'figures'> & { readonly profile: string; readonly title: string };
  readonly target: JsonTarget;
  readonly run: JsonRun;
  readonly counts: readonly JsonCounts[];
  readonly generator: readonly JsonGenerator[];
  readonly media: readonly JsonMedia[];
  readonly indicators: readonly JsonIndicator[];
  readonly faults: readonly JsonFault[];
  readonly deaths: readonly { readonly atSeconds: number; readonly process: string; readonly says: string }[];
  readonly ledgers: readonly Omit<Ledger, 'kind' | 'at'>[];
  readonly notes: readonly { readonly atSeconds: number; readonly says: string }[];
}

/** What became of a surge; null where the incident names no countermeasures. */
export interface JsonSurge {
  readonly firstTier: Evidence | null;
  readonly countermeasures: readonly Countermeasure[];
}

export interface JsonScore {
  readonly version: string;
  /** 0..100; null when invalid. */
  readonly value: number | null;
  readonly uncapped: number | null;
  readonly threshold: number;
  readonly confidence: { readonly low: number; readonly high: number; readonly says: string } | null;
  readonly components: readonly (Omit<Component, 'value'> & { readonly value: number | null })[];
  readonly recoveredAfterSeconds: number | null;
  readonly partial: string | null;
}

export interface JsonTarget {
  readonly name: string;
  readonly operations: readonly Operation[];
  readonly capacity: Capacity;
  readonly entitlements: readonly {
    readonly class: OperationClass;
    readonly capacity: number | null;
    readonly source: 'declared' | 'self-relative';
    readonly mostOffered: number;
    readonly mostServed: number;
  }[];
  readonly metrics: readonly { readonly name: string; readonly indicators: readonly IndicatorName[] }[];
}

export interface JsonRun {
  readonly startedAt: string;
  readonly seconds: number;
  /** Null when the recording was cut off. */
  readonly ended: {
    readonly reason: 'completed' | 'interrupted' | 'halted' | 'failed';
    readonly says: string | null;
  } | null;
  readonly seed: number;
  readonly pace: 'quick' | 'natural';
  readonly scale: number;
  readonly phases: readonly JsonPhase[];
  readonly scenarios: readonly JsonScenario[];
  readonly uncovered: readonly {
    readonly scenario: string;
    readonly lacks: readonly Operation[];
    readonly partly?: true;
  }[];
  readonly classes: readonly { readonly name: OperationClass; readonly weight: number; readonly deadlineMs: number }[];
  readonly cohorts: readonly { readonly name: string; readonly role: 'primary' | 'bystander' | 'impostor' }[];
  readonly patienceMs: number;
  readonly mostAttempts: number;
  readonly machine: MachineFacts;
}

export interface JsonPhase {
  readonly name: PhaseName;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Probe only. */
  readonly baseLoad: number | null;
  readonly step: 'hold' | 'observe' | null;
}

export interface JsonScenario {
  readonly name: string;
  readonly journey: string;
  readonly cohort: string;
  readonly role: 'base' | 'storm' | 'bystander';
  readonly model: 'open' | 'closed';
  readonly peakRate: number;
}

/** What became of the people of one phase, class and cohort. */
export interface JsonCounts {
  readonly phase: PhaseName;
  readonly class: OperationClass;
  readonly cohort: string;
  readonly role: 'primary' | 'bystander' | 'impostor';
  readonly offered: number;
  readonly good: number;
  readonly shed: number;
  readonly failed: number;
  readonly failedBy: Readonly<Partial<Record<FailureKind, number>>>;
  readonly dropped: number;
  readonly pending: number;
  readonly firstAttempt: number;
  readonly eventual: number;
  readonly attempts: number;
  readonly attemptsPerArrival: number | null;
  readonly latency: JsonLatency;
}

/** From due, of everybody the generator started; see percentileOf for those who never succeeded. */
export interface JsonLatency {
  readonly started: number;
  readonly succeeded: number;
  readonly p50: Percentile | null;
  readonly p90: Percentile | null;
  readonly p95: Percentile | null;
  readonly p99: Percentile | null;
  /** Successes only, HdrHistogram V2 compressed, base64, in microseconds. */
  readonly hdr: string;
}

export interface JsonGenerator {
  readonly phase: PhaseName;
  readonly due: number;
  readonly started: number;
  readonly dropped: number;
  readonly latenessP99Ms: number | null;
  readonly lagMostMs: number;
  readonly inFlightMost: number;
  readonly socketsMost: number;
  readonly cpuSecondsPerSecond: number | null;
  readonly memoryMostBytes: number | null;
  readonly machineBusyMean: number | null;
  readonly machineStolenMean: number | null;
  readonly machineOthersMean: number | null;
}

/** What media participants measured in one phase, of one cohort; see MediaSummary in reports/series/media.ts. */
export interface JsonMedia {
  readonly phase: PhaseName;
  readonly cohort: string;
  readonly participantSeconds: number;
  readonly held: number | null;
  readonly breaches: Readonly<Partial<Record<Breach, number>>>;
  readonly audioLoss: number | null;
  readonly videoLoss: number | null;
  readonly mosP50: number | null;
  readonly mosP5: number | null;
  readonly mosAtLeast4: number | null;
  readonly jitterP95Ms: number | null;
  readonly roundTripP95Ms: number | null;
  readonly audioDelayP95Ms: number | null;
  readonly videoDelayP95Ms: number | null;
  readonly soundEarlyP95Ms: number | null;
  readonly soundLateP95Ms: number | null;
  readonly freezeRatio: number | null;
  readonly freezes: number;
  /** Frames that decoders made of pictures; null where nobody has a browser: native participants look at packets. */
  readonly decodedFrames: number | null;
  /** Those of them who were in browsers. */
  readonly browsers: JsonBrowsers | null;
  /** Datagrams of the media servers that were no media, or none that could be told apart. */
  readonly discarded: number;
  readonly comings: Comings;
  readonly entryMs: Readonly<Partial<Record<EntryTime, { readonly p50: number; readonly p95: number }>>>;
  readonly receivedBitsPerSecond: number | null;
  readonly sentBitsPerSecond: number | null;
}

/** What the people in browsers measured, who are in the sums of everybody as well. */
export interface JsonBrowsers {
  readonly participantSeconds: number;
  readonly held: number | null;
  readonly audioLoss: number | null;
  readonly videoLoss: number | null;
  readonly freezeRatio: number | null;
  readonly decodedPerSecond: number | null;
}

/** One indicator of one source in one phase: of a gauge its values, of a counter its increase per second. */
export interface JsonIndicator {
  readonly phase: PhaseName;
  readonly source: string;
  readonly indicator: IndicatorName;
  readonly kind: 'gauge' | 'counter';
  readonly unit: string;
  readonly says: string;
  readonly looks: number;
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

export interface JsonFault {
  readonly service: string;
  readonly type: string;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly history: readonly { readonly atSeconds: number; readonly state: string; readonly says: string }[];
}
