import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import type { Acknowledged } from '../core/acknowledged.ts';
import { deferred, unlessAborted } from '../core/deferred.ts';
import { type Plan, phaseOf } from '../core/plan.ts';
import type { Actor, Run } from '../core/run.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { Crew } from './crew.ts';
import type { WorkerSetup } from './messages.ts';
import { NotReady } from './not-ready.ts';
import { type Judge, probe } from './probe.ts';

export interface LoadOptions {
  readonly plan: Plan;
  readonly workers: number;
  /** Starts a worker thread at the composition root's entry. */
  readonly spawn: (setup: WorkerSetup) => Worker;
  /** What the entry makes target and people from; plain data. */
  readonly setting: unknown;
  readonly judge: Judge;
  /** Told of everything the target acknowledged, as it comes. */
  readonly acknowledged: (told: readonly Acknowledged[]) => void;
  /** Gives up getting ready, which then rejects with the signal's reason. */
  readonly stop?: AbortSignal;
}

/** Load that is ready to be let loose. */
export interface Load {
  readonly actor: Actor;
  close(): Promise<void>;
}

/** How long workers may take to tell the rest when a run is stopped. */
const LAST_WORDS = 2_000;

/** Starts the workers and lets them sign in who is there before the storm; throws NotReady. */
export async function prepareLoad(options: LoadOptions): Promise<Load> {
  const { plan, workers, setting, spawn } = options;
  const shares = Array.from({ length: workers }, (_, index) => ({ index, count: workers }));
  const crew = new Crew(shares.map((share) => spawn({ plan, share, setting })));
  const refused = deferred<never>();
  const end = crew.listen((message) => {
    if (message.did === 'not ready') refused.reject(new NotReady(message.says));
  });
  try {
    const ready = Promise.race([crew.heard('ready'), refused.promise]);
    await (options.stop ? unlessAborted(options.stop, ready) : ready);
  } catch (thrown) {
    await crew.dismiss();
    throw thrown;
  } finally {
    end();
  }
  return { actor: (run) => makeLoad(run, crew, options), close: () => crew.dismiss() };
}

/** The load's whole life: all phases, the probe if it is needed, the last stragglers, and the verification. */
async function makeLoad(run: Run, crew: Crew, options: LoadOptions): Promise<void> {
  const { plan } = run;
  const kept = new Acknowledgements(plan.seed);
  const end = crew.listen((message) => {
    if (message.did !== 'observe') return;
    for (const event of message.events) run.record(event);
    for (const what of message.acknowledged) kept.add(what);
    if (message.acknowledged.length > 0) options.acknowledged(message.acknowledged);
  });
  let stopped = false;
  try {
    crew.tell({ do: 'begin', began: run.began });
    await crew.orFailed(throughPhases(run));
    await crew.orFailed(probeIfNeeded(run, crew, options.judge));
    const longest = Math.max(...plan.classes.map(({ deadline }) => deadline));
    crew.tell({ do: 'drain', limit: longest });
    await unlessAborted(run.signal, crew.heard('stopped'));
    stopped = true;
    await verify(run, crew, kept);
  } finally {
    if (!stopped) {
      const silent = crew.heard('stopped').catch(() => []);
      crew.tell({ do: 'stop' });
      await Promise.race([silent, sleep(LAST_WORDS)]);
    }
    end();
  }
}

async function throughPhases(run: Run): Promise<void> {
  for (const { name, from, to } of run.plan.phases) {
    await run.until(from);
    run.record({ kind: 'phase', at: from, name });
    await run.until(to);
  }
}

async function probeIfNeeded(run: Run, crew: Crew, judge: Judge): Promise<void> {
  const { from, to } = phaseOf(run.plan, 'recovery');
  if (judge.recovered(from, to)) return;
  await probe(run, judge, (scenario, curve) => crew.tell({ do: 'prolong', scenario, curve }));
}

async function verify(run: Run, crew: Crew, kept: Acknowledgements): Promise<void> {
  run.record({ kind: 'phase', at: run.now(), name: 'verification' });
  if (!run.plan.components.includes('durable')) return;
  crew.tellFirst({ do: 'verify', kept: kept.kept, at: run.now() });
  const [answer] = await unlessAborted(run.signal, crew.heard('verified', 1));
  for (const ledger of answer?.ledgers ?? []) run.record(ledger);
}

/**
 * How many workers a plan wants: one for every 5,000 attempts a second, and one core left to everything else. Where people
 * meet it is one, which knows everybody who is in a meeting.
 */
export function workersFor(plan: Plan, cores: number): number {
  if (plan.scenarios.some(({ meetings }) => meetings)) return 1;
  const attempts = Math.max(1, ...plan.habits.retries.map((retry) => retry.attempts));
  return Math.max(1, Math.min(cores - 1, Math.ceil((plan.bounds.peakRate * attempts) / 5_000)));
}
