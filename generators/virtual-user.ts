import type { Acknowledged } from '../core/acknowledged.ts';
import type { BinKey } from '../core/event.ts';
import { Failure, type FailureKind } from '../core/failure.ts';
import type { Person } from '../core/person.ts';
import { IMPOSTORS, type PlannedHabits, type PlannedRetry, type PlannedScenario } from '../core/plan.ts';
import type { OperationClass } from '../core/profile.ts';
import { draw } from '../core/random.ts';
import type { Meeting, MeetingWish } from '../core/target.ts';
import type { Arrival } from './arrivals.ts';
import type { Book, Ending } from './book.ts';
import { Exhausted } from './exhausted.ts';
import type { Guise } from './guise.ts';
import type { Equipped } from './journeys/journey.ts';
import { pauseBefore, policyFor } from './retry.ts';
import type { Patience } from './transports/wire.ts';

/** What a journey works with: one person, what they can do, and what they find. */
export interface VirtualUser {
  readonly person: Person;
  readonly client: Equipped;
  /** Meetings that were there before the run began. */
  readonly rooms: readonly Meeting[];
  /** The meeting this person wants; always the same one. */
  wish(): MeetingWish;
  /** A number in [0, 1), always the same for this arrival and this name. */
  draw(name: string): number;
  /**
   * Does one operation as a person does: waits as long as their patience lasts, tries again as is their habit, and is
   * counted in a class. Throws StepFailed when they give up; the journey ends there.
   */
  step<T>(name: OperationClass, work: () => Promise<T>): Promise<T>;
  /** Notes what the target has acknowledged, to be asked for afterwards. */
  acknowledged(what: Acknowledged): void;
}

/** Ends the journey of somebody who gave up; counted already. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

/** Everything virtual users of one worker share. */
export interface Surroundings {
  readonly seed: number;
  readonly habits: PlannedHabits;
  readonly deadlines: ReadonlyMap<OperationClass, number>;
  readonly book: Book;
  readonly signal: AbortSignal;
  readonly rooms: readonly Meeting[];
  /** Milliseconds on the run's clock. */
  now(): number;
  /** Waits on the run's clock; rejects when the run stops. */
  pause(ms: number): Promise<void>;
  /** What the arrival of a number in a scenario wants. */
  wish(scenario: string, index: number): MeetingWish;
  acknowledged(what: Acknowledged): void;
}

/** One arrival made flesh. */
export class Visitor implements VirtualUser {
  readonly person: Person;
  readonly client: Equipped;
  readonly #patience: Patience & { giveUpAt: number };
  readonly #scenario: PlannedScenario;
  readonly #arrival: Arrival;
  readonly #impostor: boolean;
  readonly #around: Surroundings;
  readonly #policy: PlannedRetry | undefined;
  #due: number;

  constructor(
    { person, client, patience, impostor }: Guise,
    scenario: PlannedScenario,
    arrival: Arrival,
    around: Surroundings,
  ) {
    this.person = person;
    this.client = client;
    this.#patience = patience;
    this.#impostor = impostor;
    this.#scenario = scenario;
    this.#arrival = arrival;
    this.#around = around;
    this.#due = arrival.due;
    this.#policy = policyFor(this.draw('retry'), around.habits.retries);
  }

  get rooms(): readonly Meeting[] {
    return this.#around.rooms;
  }

  wish(): MeetingWish {
    return this.#around.wish(this.#scenario.name, this.#arrival.index);
  }

  draw(name: string): number {
    return draw(this.#around.seed, this.#scenario.name, this.#arrival.index, name);
  }

  acknowledged(what: Acknowledged): void {
    this.#around.acknowledged(what);
  }

  async step<T>(name: OperationClass, work: () => Promise<T>): Promise<T> {
    const { book, now, habits } = this.#around;
    const due = this.#due;
    const key = this.#key(name, due);
    book.offered(key);
    for (let attempts = 1; ; attempts += 1) {
      const began = now();
      this.#patience.giveUpAt = performance.now() + habits.patience;
      const result = await this.#attempt(work, key);
      const ended = now();
      const failure = this.#judged(result);
      book.attempted({ ...key, second: Math.floor(ended / 1_000) }, failure?.kind, ended - began);
      if (!failure) {
        book.ended(key, this.#success(name, attempts, ended - due));
        this.#due = ended;
        if ('value' in result) return result.value;
        // An impostor was denied, as must be; there is nothing to go on with.
        throw new StepFailed(name);
      }
      const pause = this.#pauseAfter(failure, attempts, name);
      if (pause === undefined) {
        book.ended(key, { outcome: failure.kind, attempts, latency: undefined });
        throw new StepFailed(name);
      }
      if (pause > 0) await this.#around.pause(pause);
    }
  }

  async #attempt<T>(work: () => Promise<T>, key: BinKey): Promise<Attempt<T>> {
    try {
      return { value: await work() };
    } catch (thrown) {
      this.#around.signal.throwIfAborted();
      if (thrown instanceof Failure) return { failure: thrown };
      if (thrown instanceof Exhausted) this.#around.book.lost(key);
      throw thrown;
    }
  }

  /** What an attempt came to: an impostor who is let in is the target's failure, one who is denied its success. */
  #judged(result: Attempt<unknown>): Failure | undefined {
    const failure = 'failure' in result ? result.failure : undefined;
    if (!this.#impostor) return failure;
    if (!failure) return new Failure('granted', 'let in with a wrong password');
    return failure.kind === 'denied' ? undefined : failure;
  }

  #success(name: OperationClass, attempts: number, latency: number): Ending {
    const deadline = this.#around.deadlines.get(name) ?? Number.POSITIVE_INFINITY;
    return { outcome: latency <= deadline ? 'good' : 'late', attempts, latency };
  }

  #pauseAfter({ kind, retryAfter }: Failure, attempts: number, name: OperationClass): number | undefined {
    if (!this.#policy || FINAL.has(kind)) return undefined;
    return pauseBefore(attempts, this.#policy, retryAfter, this.draw(`pause/${name}/${attempts}`));
  }

  #key(name: OperationClass, due: number): BinKey {
    const { name: scenario, cohort } = this.#scenario;
    return { second: Math.floor(due / 1_000), scenario, class: name, cohort: this.#impostor ? IMPOSTORS : cohort };
  }
}

type Attempt<T> = { readonly value: T } | { readonly failure: Failure };

/** Nobody tries again after these. */
const FINAL: ReadonlySet<FailureKind> = new Set(['denied', 'granted']);
