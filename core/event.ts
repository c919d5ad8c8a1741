import type { FailureKind } from './failure.ts';
import type { HistogramData } from './histogram.ts';
import type { IndicatorName } from './indicator.ts';
import type { MachineUse } from './machine-use.ts';
import type { Breach, EntryTime, StreamCounts } from './media.ts';
import type { PhaseName, Plan } from './plan.ts';
import type { OperationClass } from './profile.ts';
import type { Score } from './score.ts';
import type { Capacity, Operation } from './target.ts';

/**
 * Everything a run observes, one line of the recording each. Times are milliseconds on the run's clock, seconds are
 * whole seconds of it, histograms are of microseconds. Bins of the same key add up.
 */
export type RunEvent =
  | Opened
  | PhaseEntered
  | Bin
  | Traffic
  | Media
  | Health
  | Scrape
  | FaultEvent
  | Death
  | Ledger
  | Note
  | Picture
  | Closed
  | Scored;

/** The first line. */
export interface Opened {
  readonly kind: 'opened';
  readonly version: 'recording/1';
  /** Wall-clock time of the run's 0, ISO 8601. */
  readonly startedAt: string;
  readonly plan: Plan;
  readonly target: TargetFacts;
  readonly machine: MachineFacts;
}

/** What is worth knowing of a target; never a secret. */
export interface TargetFacts {
  readonly name: string;
  readonly operations: readonly Operation[];
  readonly capacity: Capacity;
  /** The run itself started it, on the generator's machine: what others take from that, they take from the target. */
  readonly alongside?: true;
  readonly metrics: readonly {
    readonly name: string;
    readonly url: string;
    readonly indicators: readonly IndicatorName[];
    /** Of a Prometheus server, which tells of the target at second hand: how old what it tells may be, in milliseconds. */
    readonly oldest?: number;
  }[];
}

/** The machine the generator ran on. */
export interface MachineFacts {
  readonly stormtest: string;
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
}

export interface PhaseEntered {
  readonly kind: 'phase';
  readonly at: number;
  readonly name: PhaseName;
  /** Probe only: the share of base load, and whether it is held down or restored. */
  readonly level?: number;
  readonly step?: 'hold' | 'observe';
}

/** What identifies a bin: a second, a scenario, a class of operation and a cohort. */
export interface BinKey {
  readonly second: number;
  readonly scenario: string;
  readonly class: OperationClass;
  readonly cohort: string;
}

/** People, by the second they were due: each is offered once, and ends good, shed, failed or dropped. */
export interface Bin extends BinKey {
  readonly kind: 'bin';
  readonly offered: number;
  /** Succeeded within the deadline of the class, counted from due. */
  readonly good: number;
  /** Good at the first attempt. */
  readonly first: number;
  /** Succeeded at all, be it late. */
  readonly eventual: number;
  readonly shed: number;
  /** Never started: the generator had no virtual user to spare. */
  readonly dropped: number;
  readonly failed: Readonly<Partial<Record<FailureKind, number>>>;
  readonly attempts: number;
  /** From due to success, of everybody who succeeded. */
  readonly latency: HistogramData;
}

/** Attempts, by the second in which they ended: what goes over the wire. */
export interface Traffic extends BinKey {
  readonly kind: 'traffic';
  readonly attempts: number;
  readonly succeeded: number;
  readonly failed: Readonly<Partial<Record<FailureKind, number>>>;
  /** From the first byte sent to the answer understood, of attempts that were answered at all. */
  readonly duration: HistogramData;
}

/**
 * What the media participants of a scenario and a cohort measured in one second. Everybody who was planned to be in a
 * meeting counts, those who had been dropped as well: what they did not measure is missing from the histograms, but their
 * mos_est is 1. Histograms hold one value per participant.
 */
export interface Media {
  readonly kind: 'media';
  readonly second: number;
  readonly scenario: string;
  readonly cohort: string;
  readonly participants: number;
  /** For whom the quality floor held. */
  readonly held: number;
  readonly breaches: Readonly<Partial<Record<Breach, number>>>;
  readonly audio: StreamCounts;
  readonly video: StreamCounts;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  /** By the rule of W3C on complete frames: how many, and milliseconds of pictures standing still and of pictures at all. */
  readonly freezes: number;
  readonly frozen: number;
  readonly watched: number;
  /** Datagrams of the media server that were no media, or none that could be told apart; missing where there were none. */
  readonly discarded?: number;
  /** Frames that decoders made of it; missing where nobody has one. */
  readonly decoded?: number;
  /** Those of them who have a decoder, which are people in browsers; missing where nobody has one. */
  readonly browsers?: Browsers;
  /** How people came in and came back; missing where nobody did. */
  readonly comings?: Comings;
  /** How long each step of joining had taken those who came in, in microseconds; missing where that is not told. */
  readonly entries?: Readonly<Partial<Record<EntryTime, HistogramData>>>;
  /** Microseconds. */
  readonly jitter: HistogramData;
  readonly roundTrip: HistogramData;
  readonly audioDelay: HistogramData;
  readonly videoDelay: HistogramData;
  /** How much the sound was early, and how much late. */
  readonly early: HistogramData;
  readonly late: HistogramData;
  /** Thousandths, 1,000 to 4,500. */
  readonly mos: HistogramData;
}

/** What people in browsers measured: it is in what everybody did as well. */
export interface Browsers extends Pick<Media, 'held' | 'audio' | 'video' | 'frozen' | 'watched'> {
  /** Those who were in: who had been dropped is by no way. */
  readonly participants: number;
}

/** How people came into meetings, and back into those that they lost, within one second. */
export interface Comings {
  /** How often the target let somebody in, whatever became of their media. */
  readonly admitted: number;
  /** Who lost their seat, and who went over to another one because the target told them to. */
  readonly lost: number;
  readonly moved: number;
  /** Of those who had lost it: how often they tried to join again, who was back at once, and who was back at all. */
  readonly attempts: number;
  readonly first: number;
  readonly back: number;
}

/** The generator itself, once a second. */
export interface Health {
  readonly kind: 'health';
  readonly second: number;
  /** Which of the generator's workers; -1 is the main thread. */
  readonly worker: number;
  readonly due: number;
  readonly started: number;
  readonly dropped: number;
  /** From due to the first attempt. */
  readonly late: HistogramData;
  /** The longest the worker's loop was away, in milliseconds. */
  readonly lag: number;
  readonly inFlight: number;
  readonly sockets: number;
  /** Main thread only: of the whole process, CPU seconds used in this second, and resident bytes. */
  readonly cpu?: number;
  readonly memory?: number;
  /** Main thread only: shares of the whole machine, 0..1. */
  readonly machine?: MachineUse;
  /** Main thread only: how far the wall clock has moved against the monotonic one since the run began, in ms. */
  readonly clockDrift?: number;
}

/** One look at a metrics source. A failed one is a sample too: `up` 0. */
export interface Scrape {
  readonly kind: 'scrape';
  readonly at: number;
  readonly source: string;
  readonly up: 0 | 1;
  readonly took: number;
  readonly error?: string;
  readonly indicators: Readonly<Partial<Record<IndicatorName, number>>>;
  /** Series whose value changed since the last scrape, by name and labels. */
  readonly series: Readonly<Record<string, number>>;
  /** Series of the last successful scrape that are not told any more. */
  readonly gone?: readonly string[];
}

/**
 * A fault on its way: planned faults are named by their place in the plan. `not injected`: nothing was touched, because
 * nothing says how its service is reached, or because it is not as that says. `not proven` after `proven`: it had gone
 * before its time.
 */
export interface FaultEvent {
  readonly kind: 'fault';
  readonly at: number;
  readonly fault: number;
  readonly state: 'applied' | 'proven' | 'not proven' | 'lifted' | 'not lifted' | 'not injected';
  readonly says: string;
}

/** A process of the target ended, seen by whoever started it; the score knows which of them a fault killed. */
export interface Death {
  readonly kind: 'death';
  readonly at: number;
  readonly process: string;
  readonly says: string;
}

/** What the target acknowledged, against what it returns afterwards. */
export interface Ledger {
  readonly kind: 'ledger';
  readonly at: number;
  readonly invariant: 'meetings-kept' | 'created-once' | 'no-ghosts' | 'tickets-kept' | 'recordings-whole';
  readonly acknowledged: number;
  readonly checked: number;
  readonly held: number;
  /** The first few that did not hold. */
  readonly broken: readonly string[];
  /** Checks that got no answer; they prove nothing. */
  readonly unanswered: number;
}

export interface Note {
  readonly kind: 'note';
  readonly at: number;
  readonly says: string;
}

/** What a browser showed at a moment of the run: a JPEG in base64. */
export interface Picture {
  readonly kind: 'picture';
  readonly at: number;
  readonly why: 'storm' | 'failure';
  readonly says: string;
  readonly jpeg: string;
}

/** The last line before the score. A recording without it was cut off. */
export interface Closed {
  readonly kind: 'closed';
  readonly at: number;
  readonly reason: 'completed' | 'interrupted' | 'halted' | 'failed';
  readonly says?: string;
}

export interface Scored {
  readonly kind: 'score';
  readonly score: Score;
}
