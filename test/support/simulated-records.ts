import type { BinKey, RunEvent } from '../../core/event.ts';
import type { FailureKind } from '../../core/failure.ts';
import { Histogram } from '../../core/histogram.ts';
import type { PhaseName, Plan } from '../../core/plan.ts';
import type { OperationClass } from '../../core/profile.ts';
import { draw } from '../../core/random.ts';
import type { QueueState } from './simulated-login-queue.ts';

interface Draft {
  readonly key: BinKey;
  readonly counts: Record<'offered' | 'good' | 'first' | 'eventual' | 'shed' | 'attempts' | 'succeeded', number>;
  readonly failed: Partial<Record<FailureKind, number>>;
  readonly histogram: Histogram;
}

/** What a simulated run writes down: the events a real one would record. */
export class SimulatedRecords {
  readonly #plan: Plan;
  readonly #bins = new Map<string, Draft>();
  readonly #traffic = new Map<string, Draft>();
  readonly #listed: RunEvent[] = [];
  readonly #served: Partial<Record<OperationClass, number>> = {};
  #refused = 0;
  #busy = 0;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  phase(at: number, name: PhaseName, level?: number, step?: 'hold' | 'observe'): void {
    this.#listed.push({ kind: 'phase', at, name, ...(level !== undefined && { level }), ...(step && { step }) });
  }

  offered(key: BinKey): void {
    draftOf(this.#bins, key).counts.offered += 1;
  }

  attempted(key: BinKey, failure: FailureKind | undefined, took: number): void {
    const { counts, failed, histogram } = draftOf(this.#traffic, key);
    counts.attempts += 1;
    if (failure === undefined) counts.succeeded += 1;
    else failed[failure] = (failed[failure] ?? 0) + 1;
    if (failure === undefined || failure === 'shed') histogram.record(took * 1_000);
  }

  ended(key: BinKey, outcome: 'good' | FailureKind, attempts: number, latency: number | undefined): void {
    const { counts, failed, histogram } = draftOf(this.#bins, key);
    counts.attempts += attempts;
    if (latency !== undefined) {
      counts.eventual += 1;
      histogram.record(latency * 1_000);
    }
    if (outcome === 'shed') counts.shed += 1;
    else if (outcome !== 'good') failed[outcome] = (failed[outcome] ?? 0) + 1;
    else {
      counts.good += 1;
      if (attempts === 1) counts.first += 1;
    }
  }

  served(name: OperationClass): void {
    this.#served[name] = (this.#served[name] ?? 0) + 1;
  }

  /** Of the primary cohort's people due in these seconds, the share that has succeeded in time. */
  goodShare(fromSecond: number, untilSecond: number): number {
    const within = [...this.#bins.values()].filter(
      ({ key }) => key.class === 'login' && key.second >= fromSecond && key.second < untilSecond,
    );
    const sum = (name: 'offered' | 'good') => within.reduce((total, { counts }) => total + counts[name], 0);
    return sum('offered') === 0 ? 1 : sum('good') / sum('offered');
  }

  /** One second is over: the generator's health and a scrape of the target. */
  look(now: number, queue: QueueState): void {
    const second = Math.floor(now / 1_000);
    this.#listed.push(...this.#healthOf(second, queue), this.#scrapeOf(now, second, queue));
    this.#refused = queue.refused;
    this.#busy = queue.hashes;
  }

  events(end: number): RunEvent[] {
    const bins = [...this.#bins.values()].map(
      ({ key, counts: { succeeded: _, ...counts }, failed, histogram }): RunEvent => ({
        kind: 'bin',
        ...key,
        ...counts,
        dropped: 0,
        failed,
        latency: histogram.data(),
      }),
    );
    const traffic = [...this.#traffic.values()].map(
      ({ key, counts: { attempts, succeeded }, failed, histogram }): RunEvent => ({
        kind: 'traffic',
        ...key,
        attempts,
        succeeded,
        failed,
        duration: histogram.data(),
      }),
    );
    const all = [...this.#listed, ...bins, ...traffic].sort((a, b) => moment(a) - moment(b));
    return [
      ...all,
      {
        kind: 'ledger',
        at: end,
        invariant: 'meetings-kept',
        acknowledged: 2_400,
        checked: 200,
        held: 200,
        broken: [],
        unanswered: 0,
      },
      { kind: 'closed', at: end, reason: 'completed' },
    ];
  }

  #healthOf(second: number, queue: QueueState): RunEvent[] {
    const drawn = (name: string) => draw(this.#plan.seed, 'health', second, name);
    const busy = queue.hashes - this.#busy;
    const due = [...this.#bins.values()]
      .filter(({ key }) => key.second === second)
      .reduce((sum, { counts }) => sum + counts.offered, 0);
    const late = new Histogram();
    for (let i = 0; i < due; i += 1) late.record((0.2 + 2.4 * drawn(`late/${i}`) ** 6 + busy / 120) * 1_000);
    const own = { inFlight: queue.length - queue.departed, sockets: 40 + queue.length };
    return [
      {
        kind: 'health',
        second,
        worker: 0,
        due,
        started: due,
        dropped: 0,
        late: late.data(),
        lag: 1 + 4 * drawn('lag'),
        ...own,
      },
      {
        kind: 'health',
        second,
        worker: -1,
        due: 0,
        started: 0,
        dropped: 0,
        late: [],
        lag: 1 + 2 * drawn('lag/main'),
        inFlight: 0,
        sockets: 0,
        cpu: 0.1 + due / 900 + 0.03 * drawn('cpu'),
        memory: 92e6 + 2e5 * second + due * 9e4,
        machine: { busy: Math.min(1, 0.12 + busy / 130 + 0.04 * drawn('busy')), stolen: 0.004 * drawn('stolen') },
        clockDrift: 0.3 * drawn('drift'),
      },
    ];
  }

  #scrapeOf(now: number, second: number, queue: QueueState): RunEvent {
    const drawn = (name: string) => draw(this.#plan.seed, 'scrape', second, name);
    const indicators = {
      'login.success': queue.granted,
      'login.refused': queue.refused,
      'login.wasted': queue.wasted,
      'login.queue': queue.length,
      'login.queue.departed': queue.departed,
      'create.success': this.#served.create ?? 0,
      'join.success': this.#served.join ?? 0,
      'chat.success': this.#served.chat ?? 0,
      participants: 40 + Math.round(6 * drawn('participants')),
      'database.pool.used': Math.min(10, 2 + Math.round((queue.hashes - this.#busy) / 25 + drawn('pool'))),
      'database.pool.waiting': queue.length > 100 ? Math.round(3 * drawn('waiting')) : 0,
      'requests.active': queue.length + Math.round(2 + 3 * drawn('active')),
      'eventloop.lag': 0.002 + 0.004 * drawn('loop') + (queue.refused - this.#refused) / 60_000,
      'process.cpu': queue.hashes * 0.0185 + second * 0.04,
      'process.memory': 78e6 + queue.length * 41e3 + 3e6 * drawn('memory'),
      'process.started': 1_790_000_000,
    };
    const series = { 'reference_login_queue_length{variant="any"}': queue.length };
    return { kind: 'scrape', at: now, source: 'gateway', up: 1, took: 3 + 6 * drawn('took'), indicators, series };
  }
}

function draftOf(drafts: Map<string, Draft>, key: BinKey): Draft {
  const name = `${key.second}/${key.scenario}/${key.class}/${key.cohort}`;
  const known = drafts.get(name);
  if (known) return known;
  const counts = { offered: 0, good: 0, first: 0, eventual: 0, shed: 0, attempts: 0, succeeded: 0 };
  const draft: Draft = { key, counts, failed: {}, histogram: new Histogram() };
  drafts.set(name, draft);
  return draft;
}

function moment(event: RunEvent): number {
  if ('at' in event) return event.at;
  return 'second' in event ? event.second * 1_000 : 0;
}
