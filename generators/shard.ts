import { setTimeout as sleep } from 'node:timers/promises';
import type { Acknowledged } from '../core/acknowledged.ts';
import { monotonic } from '../core/clock.ts';
import type { Curve } from '../core/curve.ts';
import type { RunEvent } from '../core/event.ts';
import type { Plan } from '../core/plan.ts';
import type { Meeting, Target } from '../core/target.ts';
import type { Share } from './arrivals.ts';
import { Book } from './book.ts';
import { closedScenario } from './closed-scenario.ts';
import type { Exhausted } from './exhausted.ts';
import { guiseOf } from './guise.ts';
import { MediaBook } from './media-book.ts';
import { type Pacer, pacer } from './pacer.ts';
import type { EngineSecond } from './participants/engine/engine.ts';
import { Pauses } from './pauses.ts';
import type { People } from './people.ts';
import { type Resident, residentsOf } from './residents.ts';
import { openScenario, type RunningScenario } from './scenario.ts';
import { Stays } from './stays.ts';
import type { Surroundings } from './surroundings.ts';
import type { Wire } from './transports/wire.ts';
import { type Wishes, wishesOf } from './wishes.ts';

export interface ShardOptions {
  readonly plan: Plan;
  readonly share: Share;
  readonly target: Target;
  readonly wire: Wire;
  readonly people: People;
  /** Called once a second with what happened. */
  readonly emit: (events: readonly RunEvent[]) => void;
  readonly acknowledged: (what: Acknowledged) => void;
  readonly fail: (bug: unknown) => void;
}

/** One worker's part of the load: its scenarios, their pace, and the book they are written in. */
export class Shard {
  readonly residents: Map<string, readonly Resident[]> = new Map();
  readonly #options: ShardOptions;
  readonly #book = new Book();
  readonly #media = new MediaBook();
  readonly #stays = new Stays(this.#book, this.#media);
  readonly #stopped = new AbortController();
  readonly #pauses = new Pauses();
  readonly #rooms: Meeting[] = [];
  readonly #wishes: Wishes;
  readonly #noted = new Set<string>();
  #scenarios: readonly RunningScenario[] = [];
  #pacer: Pacer | undefined;
  #began = 0;
  #flushed = 0;

  constructor(options: ShardOptions) {
    this.#options = options;
    this.#wishes = wishesOf(options.people, options.plan.seed);
  }

  /** Signs in the people who are in meetings already; throws NotReady. */
  async prepare(): Promise<void> {
    const { plan, share, people, target, wire } = this.#options;
    await wire.media?.ready();
    for (const scenario of plan.scenarios.filter(({ signedIn }) => signedIn > 0)) {
      const residents = await residentsOf(scenario, share, people, this.#wishes, target, wire);
      this.residents.set(scenario.name, residents);
      // Meetings of planned size are nobody else's to go to.
      if (!scenario.meetings) this.#rooms.push(...residents.flatMap(({ room }) => room ?? []));
    }
  }

  /** Lets the load loose; `began` is the run's 0 on the monotonic clock and may lie in the future. */
  begin(began: number): void {
    const { plan, share, fail } = this.#options;
    this.#began = began;
    const around = this.#surroundings();
    const sources = { ...this.#options, residents: this.residents };
    this.#scenarios = plan.scenarios.map((scenario) => {
      const run = scenario.model === 'open' ? openScenario : closedScenario;
      const exhausted = (why: Exhausted) => this.#note(why.message);
      return run({ scenario, share, around, fail, exhausted, guiseOf: (of, arrival) => guiseOf(of, arrival, sources) });
    });
    this.#pacer = pacer(() => this.#tick());
    this.#options.wire.browser?.onPicture((picture) => this.#options.emit([picture]));
    this.#options.wire.media?.onSecond((told) => this.#mediaSecond(told));
    const { media, browser } = this.#options.wire;
    media?.begin(began);
    if (browser !== media) browser?.begin(began);
  }

  prolong(scenario: string, curve: Curve): void {
    this.#scenarios.find(({ name }) => name === scenario)?.prolong(curve);
  }

  /** Waits until everybody is through, but no longer than `limit` milliseconds, then stops. */
  async drain(limit: number): Promise<void> {
    const until = performance.now() + limit;
    while (!this.#through() && performance.now() < until && !this.#stopped.signal.aborted) await sleep(20);
    this.stop();
  }

  /** Stops at once; who is still at it stays pending. What was written is told. */
  stop(): void {
    if (this.#stopped.signal.aborted) return;
    this.#stopped.abort(new DOMException('the load has ended', 'AbortError'));
    this.#pauses.end(this.#stopped.signal.reason);
    this.#pacer?.stop();
    this.#flush();
  }

  /** Tells something once. */
  #note(says: string): void {
    if (this.#noted.has(says)) return;
    this.#noted.add(says);
    this.#options.emit([{ kind: 'note', at: this.#now(), says }]);
  }

  #busy(): number {
    return this.#scenarios.reduce((sum, { busy }) => sum + busy, 0);
  }

  #now = (): number => monotonic() - this.#began;

  /** Everybody who is due has started, and is done. */
  #through(): boolean {
    return this.#tick() && this.#busy() === 0;
  }

  /** Starts who is due; false when there are more. */
  #tick(): boolean {
    const now = this.#now();
    if (now < 0) return true;
    const through = this.#scenarios.map((scenario) => scenario.tick(now));
    if (now >= (this.#flushed + 1) * 1_000) this.#flush();
    return !through.includes(false);
  }

  #flush(): void {
    const second = Math.max(this.#flushed, Math.floor(this.#now() / 1_000) - 1);
    const { share, wire } = this.#options;
    this.#flushed = second + 1;
    this.#options.emit([
      ...this.#book.takeBins(),
      ...this.#media.take(),
      {
        kind: 'health',
        second,
        worker: share.index,
        ...this.#book.takeArrivals(),
        lag: this.#pacer?.takeLag() ?? 0,
        inFlight: this.#busy(),
        sockets: wire.sockets,
      },
    ]);
  }

  /** The participants' thread is a worker of its own, whose loop has to be as punctual as this one's. */
  #mediaSecond({ second, lag }: Pick<EngineSecond, 'second' | 'lag'>): void {
    const { share, wire } = this.#options;
    const sockets = wire.media?.size ?? 0;
    this.#stays.over(second);
    if (this.#stopped.signal.aborted) return;
    this.#options.emit([
      {
        ...{ kind: 'health', second, worker: share.count + share.index, due: 0, started: 0, dropped: 0, late: [] },
        ...{ lag, inFlight: 0, sockets },
      },
    ]);
  }

  #surroundings(): Surroundings {
    const { plan, acknowledged } = this.#options;
    const { signal } = this.#stopped;
    return {
      seed: plan.seed,
      habits: plan.habits,
      deadlines: new Map(plan.classes.map(({ name, deadline }) => [name, deadline])),
      book: this.#book,
      signal,
      rooms: this.#rooms,
      stays: this.#stays,
      meetingsOf: (scenario) => this.residents.get(scenario)?.flatMap(({ room }) => room ?? []) ?? [],
      now: this.#now,
      pause: (ms) => this.#pauses.wait(ms),
      wish: this.#wishes,
      acknowledged,
    };
  }
}
