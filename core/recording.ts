import { addCounts } from './counts.ts';
import type {
  Bin,
  BinKey,
  Closed,
  Death,
  FaultEvent,
  Health,
  Ledger,
  MachineFacts,
  Note,
  Opened,
  PhaseEntered,
  Picture,
  RunEvent,
  Scrape,
  TargetFacts,
  Traffic,
} from './event.ts';
import type { FailureKind } from './failure.ts';
import { Histogram } from './histogram.ts';
import { addMedia, type MergedMedia } from './media-sums.ts';
import type { Plan } from './plan.ts';
import type { Score } from './score.ts';

/** A recording in memory: its events sorted by kind, bins of the same key added up. */
export interface Recording {
  readonly plan: Plan;
  readonly target: TargetFacts;
  readonly machine: MachineFacts;
  readonly startedAt: string;
  readonly phases: readonly PhaseEntered[];
  readonly bins: readonly MergedBin[];
  readonly traffic: readonly MergedTraffic[];
  readonly media: readonly MergedMedia[];
  readonly health: readonly Health[];
  readonly scrapes: readonly Scrape[];
  readonly faults: readonly FaultEvent[];
  readonly deaths: readonly Death[];
  readonly ledgers: readonly Ledger[];
  readonly notes: readonly Note[];
  /** What browsers showed; absent where there were none. */
  readonly pictures?: readonly Picture[];
  /** Absent when the recording was cut off. */
  readonly closed: Closed | undefined;
  /** The score written at the end of the run, if any; it can always be computed again. */
  readonly score: Score | undefined;
  /** The last moment anything was recorded, in milliseconds. */
  readonly lastAt: number;
}

export type MergedBin = Omit<Bin, 'latency'> & { readonly latency: Histogram };
export type MergedTraffic = Omit<Traffic, 'duration'> & { readonly duration: Histogram };

/** Collects events in any order, from one machine or several, and gives the recording they make up. */
export class RecordingBuilder {
  #opened: Opened | undefined;
  #closed: Closed | undefined;
  #score: Score | undefined;
  #lastAt = 0;
  readonly #bins = new Map<string, MutableBin>();
  readonly #traffic = new Map<string, MutableTraffic>();
  readonly #media = new Map<string, MergedMedia>();
  readonly #listed: { readonly [K in Listed['kind']]: Extract<Listed, { kind: K }>[] } = {
    phase: [],
    health: [],
    scrape: [],
    fault: [],
    death: [],
    ledger: [],
    note: [],
    picture: [],
  };

  add(event: RunEvent): this {
    this.#lastAt = Math.max(this.#lastAt, momentOf(event));
    if (event.kind === 'opened') this.#opened ??= event;
    else if (event.kind === 'bin') addBin(this.#bins, event);
    else if (event.kind === 'traffic') addTraffic(this.#traffic, event);
    else if (event.kind === 'media') addMedia(this.#media, event);
    else if (event.kind === 'closed') this.#closed = event;
    else if (event.kind === 'score') this.#score = event.score;
    else (this.#listed[event.kind] as Listed[]).push(event);
    return this;
  }

  /** The recording so far, or undefined as long as its opening line is missing. */
  build(): Recording | undefined {
    if (!this.#opened) return undefined;
    const { plan, target, machine, startedAt } = this.#opened;
    return {
      plan,
      target,
      machine,
      startedAt,
      phases: this.#listed.phase,
      bins: [...this.#bins.values()],
      traffic: [...this.#traffic.values()],
      media: [...this.#media.values()],
      health: this.#listed.health,
      scrapes: this.#listed.scrape,
      faults: this.#listed.fault,
      deaths: this.#listed.death,
      ledgers: this.#listed.ledger,
      notes: this.#listed.note,
      ...(this.#listed.picture.length > 0 && { pictures: this.#listed.picture }),
      closed: this.#closed,
      score: this.#score,
      lastAt: this.#lastAt,
    };
  }
}

/** Events that are kept one by one. */
type Listed = PhaseEntered | Health | Scrape | FaultEvent | Death | Ledger | Note | Picture;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type MutableBin = Mutable<MergedBin> & { failed: Partial<Record<FailureKind, number>> };
type MutableTraffic = Mutable<MergedTraffic> & { failed: Partial<Record<FailureKind, number>> };

function addBin(bins: Map<string, MutableBin>, bin: Bin): void {
  const known = bins.get(keyOf(bin));
  if (!known) {
    bins.set(keyOf(bin), { ...bin, failed: { ...bin.failed }, latency: Histogram.of(bin.latency) });
    return;
  }
  for (const count of ['offered', 'good', 'first', 'eventual', 'shed', 'dropped', 'attempts'] as const)
    known[count] += bin[count];
  addCounts(known.failed, bin.failed);
  known.latency.merge(bin.latency);
}

function addTraffic(traffic: Map<string, MutableTraffic>, bin: Traffic): void {
  const known = traffic.get(keyOf(bin));
  if (!known) {
    traffic.set(keyOf(bin), { ...bin, failed: { ...bin.failed }, duration: Histogram.of(bin.duration) });
    return;
  }
  known.attempts += bin.attempts;
  known.succeeded += bin.succeeded;
  addCounts(known.failed, bin.failed);
  known.duration.merge(bin.duration);
}

function keyOf({ second, scenario, class: name, cohort }: BinKey): string {
  return `${second}/${scenario}/${name}/${cohort}`;
}

function momentOf(event: RunEvent): number {
  if ('at' in event) return event.at;
  return 'second' in event ? event.second * 1_000 : 0;
}
