import type { Bin, RunEvent } from '../../core/event.ts';
import type { FailureKind } from '../../core/failure.ts';
import { Histogram } from '../../core/histogram.ts';
import type { IndicatorName } from '../../core/indicator.ts';
import { IMPOSTORS, type PhaseName } from '../../core/plan.ts';

/** What somebody who looks at a running storm wants to see: the last second, and how it came to that. */
export interface Glance {
  readonly at: number;
  readonly phase: PhaseName | undefined;
  readonly probing: { readonly level: number; readonly step: 'hold' | 'observe' } | undefined;
  /** People of the last second told, per second. */
  readonly offered: number;
  readonly good: number;
  readonly shed: number;
  readonly failed: number;
  readonly dropped: number;
  /** Attempts that ended in the last second. */
  readonly attempts: number;
  /** People who are at it. */
  readonly inFlight: number;
  /** Milliseconds from due to success; undefined when nobody succeeded. */
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  /** Milliseconds the generator was late, 99th percentile. */
  readonly late: number | undefined;
  readonly lag: number;
  /** Cores the generator used. */
  readonly cpu: number | undefined;
  readonly faults: readonly number[];
  readonly indicators: Readonly<Partial<Record<IndicatorName, number>>>;
  readonly down: readonly string[];
  /** People by the second they were due, in order. */
  readonly history: readonly Second[];
}

/** The people who were due in one second, and how many of them got what they came for until now. */
export interface Second {
  readonly second: number;
  readonly offered: number;
  readonly good: number;
}

/** Folds the events of a run into glances; bins are deltas, so those of one flush are what happened in that second. */
export class Watcher {
  readonly #faults = new Set<number>();
  readonly #down = new Set<string>();
  readonly #indicators = new Map<string, Readonly<Partial<Record<IndicatorName, number>>>>();
  readonly #history: { second: number; offered: number; good: number }[] = [];
  readonly #cohorts: ReadonlySet<string>;
  #second = emptySecond();
  #told = emptySecond();
  #at = 0;
  #phase: PhaseName | undefined;
  #probing: Glance['probing'];
  #cpu: number | undefined;

  /** Bystanders are not counted in: their numbers would hide the storm's. */
  constructor(primary: readonly string[]) {
    this.#cohorts = new Set(primary);
  }

  add(event: RunEvent): void {
    if ('at' in event) this.#at = Math.max(this.#at, event.at);
    if (event.kind === 'phase') {
      this.#phase = event.name;
      this.#probing = event.level === undefined || !event.step ? undefined : { level: event.level, step: event.step };
    } else if (event.kind === 'bin' && this.#cohorts.has(event.cohort)) {
      addBin(this.#second, event);
      this.#remember(event);
    } else if (event.kind === 'traffic' && event.cohort !== IMPOSTORS) this.#second.attempts += event.attempts;
    else if (event.kind === 'scrape') {
      this.#indicators.set(event.source, event.indicators);
      if (event.up) this.#down.delete(event.source);
      else this.#down.add(event.source);
    } else if (event.kind === 'fault') {
      if (event.state === 'applied') this.#faults.add(event.fault);
      if (event.state === 'lifted') this.#faults.delete(event.fault);
    } else if (event.kind === 'health') {
      if (event.worker < 0) {
        this.#cpu = event.cpu;
        return;
      }
      this.#second.late.merge(event.late);
      this.#second.lag = Math.max(this.#second.lag, event.lag);
      this.#second.inFlight += event.inFlight;
      // The first worker's health closes the second: it tells its bins in the same breath.
      if (event.worker === 0) this.#turn(event.second);
    }
  }

  get glance(): Glance {
    const { latency, late, ...counts } = this.#told;
    const ms = (histogram: Histogram, share: number) => {
      const micro = histogram.quantile(share);
      return micro === undefined ? undefined : micro / 1_000;
    };
    return {
      ...counts,
      at: this.#at,
      phase: this.#phase,
      probing: this.#probing,
      p50: ms(latency, 0.5),
      p95: ms(latency, 0.95),
      late: ms(late, 0.99),
      cpu: this.#cpu,
      faults: [...this.#faults],
      indicators: Object.assign({}, ...this.#indicators.values()),
      down: [...this.#down],
      history: this.#history,
    };
  }

  #remember({ second, offered, good }: Bin): void {
    const known = this.#history.findLast((one) => one.second <= second);
    if (known?.second === second) {
      known.offered += offered;
      known.good += good;
      return;
    }
    this.#history.splice(known ? this.#history.indexOf(known) + 1 : 0, 0, { second, offered, good });
  }

  #turn(second: number): void {
    this.#at = Math.max(this.#at, (second + 1) * 1_000);
    this.#told = this.#second;
    this.#second = emptySecond();
  }
}

function emptySecond() {
  return {
    ...{ offered: 0, good: 0, shed: 0, failed: 0, dropped: 0, attempts: 0, inFlight: 0, lag: 0 },
    latency: new Histogram(),
    late: new Histogram(),
  };
}

function addBin(second: ReturnType<typeof emptySecond>, bin: Bin): void {
  for (const count of ['offered', 'good', 'shed', 'dropped'] as const) second[count] += bin[count];
  for (const kind of Object.keys(bin.failed) as FailureKind[]) second.failed += bin.failed[kind] ?? 0;
  second.latency.merge(bin.latency);
}
