import type { Bin, BinKey, Health, Traffic } from '../core/event.ts';
import type { FailureKind } from '../core/failure.ts';
import { Histogram } from '../core/histogram.ts';
import type { Breach } from '../core/media.ts';

/** How one person's operation ended. `pending` people are still at it. */
export interface Ending {
  readonly outcome: 'good' | 'late' | FailureKind;
  readonly attempts: number;
  /** From due to success, in milliseconds, if there was one. */
  readonly latency: number | undefined;
}

/**
 * Where a worker writes what happened, folded into one-second bins. Taking them out leaves the book empty: bins of the
 * same key add up, so a second may be told in several parts.
 */
export class Book {
  readonly #bins = new Map<string, BinDraft>();
  readonly #traffic = new Map<string, TrafficDraft>();
  /** The latest of each kind: what happens next mostly belongs there, and a name for each event costs more than it. */
  #lastBin: BinDraft | undefined;
  #lastTraffic: TrafficDraft | undefined;
  readonly #late = new Histogram();
  #due = 0;
  #started = 0;
  #dropped = 0;

  /** Somebody was due; `late` says by how many milliseconds they started late, undefined that they never started. */
  arrived(late: number | undefined): void {
    this.#due += 1;
    if (late === undefined) {
      this.#dropped += 1;
      return;
    }
    this.#started += 1;
    this.#late.record(late * 1_000);
  }

  offered(key: BinKey): void {
    this.#binOf(key).offered += 1;
  }

  dropped(key: BinKey): void {
    const bin = this.#binOf(key);
    bin.offered += 1;
    bin.dropped += 1;
  }

  /** The generator could not go on with somebody it had started. */
  lost(key: BinKey): void {
    this.#dropped += 1;
    this.#binOf(key).dropped += 1;
  }

  /** Somebody was to be in a meeting for this second; `breach` says why that came to nothing good. */
  stayed(key: BinKey, breach: Breach | undefined): void {
    const bin = this.#binOf(key);
    bin.offered += 1;
    bin.attempts += 1;
    if (breach === undefined) {
      for (const count of ['good', 'first', 'eventual'] as const) bin[count] += 1;
      return;
    }
    const kind = MISSED[breach] ?? 'poor';
    bin.failed[kind] = (bin.failed[kind] ?? 0) + 1;
  }

  ended(key: BinKey, { outcome, attempts, latency }: Ending): void {
    const bin = this.#binOf(key);
    bin.attempts += attempts;
    if (latency !== undefined) {
      bin.eventual += 1;
      bin.latency.record(latency * 1_000);
    }
    if (outcome === 'good') {
      bin.good += 1;
      if (attempts === 1) bin.first += 1;
    } else if (outcome === 'shed') bin.shed += 1;
    else bin.failed[outcome] = (bin.failed[outcome] ?? 0) + 1;
  }

  /** An attempt ended in the second of `key`; `took` in milliseconds. */
  attempted(key: BinKey, failure: FailureKind | undefined, took: number): void {
    const traffic = this.#trafficOf(key);
    traffic.attempts += 1;
    if (failure === undefined) traffic.succeeded += 1;
    else traffic.failed[failure] = (traffic.failed[failure] ?? 0) + 1;
    if (failure === undefined || ANSWERED.has(failure)) traffic.duration.record(took * 1_000);
  }

  /** Takes out all bins so far. */
  takeBins(): (Bin | Traffic)[] {
    const bins = [...this.#bins.values()].map((bin): Bin => ({ ...bin, latency: bin.latency.data() }));
    const traffic = [...this.#traffic.values()].map((bin): Traffic => ({ ...bin, duration: bin.duration.data() }));
    this.#bins.clear();
    this.#traffic.clear();
    this.#lastBin = undefined;
    this.#lastTraffic = undefined;
    return [...bins, ...traffic];
  }

  /** Takes out the counts of arrivals so far, for the generator's health. */
  takeArrivals(): Pick<Health, 'due' | 'started' | 'dropped' | 'late'> {
    const taken = { due: this.#due, started: this.#started, dropped: this.#dropped, late: this.#late.data() };
    this.#due = 0;
    this.#started = 0;
    this.#dropped = 0;
    this.#late.clear();
    return taken;
  }

  #binOf(key: BinKey): BinDraft {
    if (!this.#lastBin || !isSame(this.#lastBin, key))
      this.#lastBin = found(this.#bins, key, () => ({
        kind: 'bin',
        ...key,
        ...EMPTY,
        failed: {},
        latency: new Histogram(),
      }));
    return this.#lastBin;
  }

  #trafficOf(key: BinKey): TrafficDraft {
    if (!this.#lastTraffic || !isSame(this.#lastTraffic, key))
      this.#lastTraffic = found(this.#traffic, key, () => ({
        kind: 'traffic',
        ...key,
        attempts: 0,
        succeeded: 0,
        failed: {},
        duration: new Histogram(),
      }));
    return this.#lastTraffic;
  }
}

type Draft<T, Times extends keyof T> = { -readonly [K in Exclude<keyof T, Times | 'failed'>]: T[K] } & {
  readonly [K in Times]: Histogram;
} & { readonly failed: Partial<Record<FailureKind, number>> };
type BinDraft = Draft<Bin, 'latency'>;
type TrafficDraft = Draft<Traffic, 'duration'>;

const EMPTY = { offered: 0, good: 0, first: 0, eventual: 0, shed: 0, dropped: 0, attempts: 0 } as const;

/** Failures that are answers of the target, so that their duration says something of it. */
const ANSWERED: ReadonlySet<FailureKind> = new Set(['shed', 'denied', 'granted', 'status', 'protocol']);

function isSame(one: BinKey, other: BinKey): boolean {
  return (
    one.second === other.second &&
    one.scenario === other.scenario &&
    one.class === other.class &&
    one.cohort === other.cohort
  );
}

function found<Draft>(drafts: Map<string, Draft>, key: BinKey, made: () => Draft): Draft {
  const name = nameOf(key);
  let draft = drafts.get(name);
  if (!draft) {
    draft = made();
    drafts.set(name, draft);
  }
  return draft;
}

/** What it means for somebody that there is no media; with media that is not good enough it is poor. */
const MISSED: Readonly<Partial<Record<Breach, FailureKind>>> = {
  absent: 'reset',
  unseated: 'timeout',
  silent: 'timeout',
};

function nameOf({ second, scenario, class: name, cohort }: BinKey): string {
  return `${second}/${scenario}/${name}/${cohort}`;
}
