import { type Curve, rateAt } from '../../core/curve.ts';
import type { BinKey, RunEvent } from '../../core/event.ts';
import type { FailureKind } from '../../core/failure.ts';
import { IMPOSTORS, type Plan, type PlannedRetry, type PlannedScenario, phaseOf } from '../../core/plan.ts';
import { draw } from '../../core/random.ts';
import { LoginQueue, type QueueSettings } from './simulated-login-queue.ts';
import { SimulatedRecords } from './simulated-records.ts';

/**
 * What a run of the login storm records, computed instead of measured: arrivals from the plan's curves, a login queue
 * in front of two password checks of 20 ms, people who leave after their patience and try again, and the probe. The
 * shapes of collapse and recovery come out of the queue; nothing is painted. Steps are whole milliseconds.
 */
export function simulatedStorm(plan: Plan, queue: QueueSettings): RunEvent[] {
  return new Storm(plan, queue).run();
}

interface Visit {
  readonly key: BinKey;
  readonly index: number;
  readonly due: number;
  readonly impostor: boolean;
  readonly retry: PlannedRetry;
  attempts: number;
  done: boolean;
}

/** People whose good share in the last seconds of an observation is so high have their service back. */
const BACK = 0.95;

class Storm {
  readonly #plan: Plan;
  readonly #agenda: (() => void)[][] = [];
  readonly #queue: LoginQueue;
  readonly #records: SimulatedRecords;
  readonly #owed = new Map<string, number>();
  #now = 0;
  #people = 0;
  #baseLevel = 1;

  constructor(plan: Plan, queue: QueueSettings) {
    this.#plan = plan;
    this.#records = new SimulatedRecords(plan);
    this.#queue = new LoginQueue(queue, {
      now: () => this.#now,
      later: (ms, work) => this.#later(ms, work),
      draw: (name) => draw(plan.seed, 'queue', this.#now, name),
    });
  }

  run(): RunEvent[] {
    for (const { name, from } of this.#plan.phases) this.#at(from, () => this.#records.phase(from, name));
    const end = phaseOf(this.#plan, 'recovery').to;
    this.#advance(end);
    const probed = this.#goodShare(end) >= BACK ? end : this.#probe(end);
    this.#records.phase(probed, 'verification');
    this.#baseLevel = 0;
    this.#advance(probed + this.#plan.probe.hold, false);
    return this.#records.events(this.#now);
  }

  #probe(from: number): number {
    let at = from;
    for (const level of this.#plan.probe.levels) {
      const { hold, observe } = this.#plan.probe;
      this.#records.phase(at, 'probe', level, 'hold');
      this.#baseLevel = level;
      at += hold;
      this.#advance(at);
      if (this.#goodShare(at) < BACK) continue;
      this.#records.phase(at, 'probe', level, 'observe');
      this.#baseLevel = 1;
      at += observe;
      this.#advance(at);
      if (this.#goodShare(at) >= BACK) break;
    }
    return at;
  }

  #goodShare(at: number): number {
    const { mean } = this.#plan.windows;
    return this.#records.goodShare(Math.floor((at - mean) / 1_000), Math.floor(at / 1_000));
  }

  #advance(to: number, arriving = true): void {
    for (; this.#now < to; this.#now += 1) {
      if (arriving) for (const scenario of this.#plan.scenarios) this.#arrivals(scenario);
      for (const work of this.#agenda[this.#now] ?? []) work();
      delete this.#agenda[this.#now];
      if (this.#now % 1_000 === 999) this.#records.look(this.#now, this.#queue.state());
    }
  }

  #arrivals(scenario: PlannedScenario): void {
    const rate = rateAt(prolonged(scenario.curve), this.#now) * (scenario.role === 'base' ? this.#baseLevel : 1);
    let owed = (this.#owed.get(scenario.name) ?? 0) + rate / 1_000;
    for (; owed >= 1; owed -= 1) {
      this.#people += 1;
      if (scenario.journey === 'login') this.#signIn(scenario, this.#people);
      else this.#meet(scenario, this.#people);
    }
    this.#owed.set(scenario.name, owed);
  }

  #signIn(scenario: PlannedScenario, index: number): void {
    const { seed, habits } = this.#plan;
    const impostor = draw(seed, 'login', index, 'impostor') < habits.wrongPassword;
    const visit: Visit = {
      key: this.#key(scenario, 'login', impostor ? IMPOSTORS : scenario.cohort),
      index,
      due: this.#now,
      impostor,
      retry: policy(habits.retries, draw(seed, 'login', index, 'retry')),
      attempts: 0,
      done: false,
    };
    this.#records.offered(visit.key);
    this.#attempt(visit);
  }

  #attempt(visit: Visit): void {
    visit.attempts += 1;
    const began = this.#now;
    let answered = false;
    const end = (failure: FailureKind | undefined, retryAfter?: number) => {
      if (answered) return;
      answered = true;
      const took = this.#now - began + 0.4;
      this.#records.attempted({ ...visit.key, second: Math.floor(this.#now / 1_000) }, failure, took);
      if (failure === undefined) this.#succeeded(visit);
      else this.#failed(visit, failure, retryAfter);
    };
    const entry = this.#queue.enter((answer) => {
      if (answer.kind === 'shed') end('shed', answer.retryAfter);
      else if (!entry?.departed) end(undefined);
    });
    this.#later(this.#plan.habits.patience, () => {
      if (answered) return;
      if (entry) this.#queue.depart(entry);
      end('timeout');
    });
  }

  #succeeded(visit: Visit): void {
    const latency = this.#now - visit.due;
    const deadline = this.#plan.classes.find(({ name }) => name === 'login')?.deadline ?? 0;
    this.#records.ended(visit.key, latency <= deadline ? 'good' : 'late', visit.attempts, latency);
  }

  #failed(visit: Visit, failure: FailureKind, retryAfter?: number): void {
    const { attempts, base, cap, jitter, honoursRetryAfter } = visit.retry;
    const told = honoursRetryAfter ? (retryAfter ?? 0) : 0;
    if (visit.attempts >= attempts || told > cap) {
      this.#records.ended(visit.key, failure, visit.attempts, undefined);
      return;
    }
    const drawn = jitter ? draw(this.#plan.seed, 'pause', visit.index, `${visit.attempts}`) : 1;
    const pause = Math.max(told, Math.min(cap, base * 2 ** (visit.attempts - 1)) * drawn);
    this.#later(Math.max(1, Math.round(pause)), () => this.#attempt(visit));
  }

  /** Bystanders share the gateway's database, not its login queue: fast, with a rare failure. */
  #meet(scenario: PlannedScenario, index: number): void {
    for (const name of ['create', 'join', 'chat'] as const) {
      const key = this.#key(scenario, name, scenario.cohort);
      const took = 4 + 18 * draw(this.#plan.seed, 'meet', index, name) ** 3 + this.#queue.state().length / 90;
      const lost = draw(this.#plan.seed, 'meet', index, `${name}/lost`) < 0.002;
      this.#records.offered(key);
      this.#records.attempted(key, lost ? 'reset' : undefined, took);
      this.#records.ended(key, lost ? 'reset' : 'good', 1, lost ? undefined : took);
      if (!lost) this.#records.served(name);
    }
  }

  #key(scenario: PlannedScenario, name: BinKey['class'], cohort: string): BinKey {
    return { second: Math.floor(this.#now / 1_000), scenario: scenario.name, class: name, cohort };
  }

  #at(ms: number, work: () => void): void {
    const moment = Math.round(ms);
    this.#agenda[moment] ??= [];
    this.#agenda[moment]?.push(work);
  }

  #later(ms: number, work: () => void): void {
    this.#at(this.#now + Math.max(1, ms), work);
  }
}

/** Base load stays on when the planned curve is over, as in a probe. */
function prolonged(curve: Curve): Curve {
  const last = curve.at(-1);
  return last && curve.length === 1 ? [{ ...last, to: Number.POSITIVE_INFINITY, endRate: last.startRate }] : curve;
}

function policy(policies: readonly PlannedRetry[], drawn: number): PlannedRetry {
  let upTo = 0;
  for (const candidate of policies) {
    upTo += candidate.share;
    if (drawn < upTo) return candidate;
  }
  const [last] = policies.slice(-1);
  if (!last) throw new Error('the plan has no habits');
  return last;
}
