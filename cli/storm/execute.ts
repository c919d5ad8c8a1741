import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Guard } from '../../chaos/guard.ts';
import type { Acknowledged } from '../../core/acknowledged.ts';
import { monotonic } from '../../core/clock.ts';
import type { Closed, Opened, RunEvent } from '../../core/event.ts';
import { EXIT } from '../../core/exit.ts';
import type { IndicatorName } from '../../core/indicator.ts';
import { Mistakes } from '../../core/mistake.ts';
import type { Plan } from '../../core/plan.ts';
import { type Recording, RecordingBuilder } from '../../core/recording.ts';
import { run } from '../../core/run.ts';
import type { Score } from '../../core/score.ts';
import { health } from '../../generators/health.ts';
import { type Load, prepareLoad, workersFor } from '../../generators/load.ts';
import { NotReady } from '../../generators/not-ready.ts';
import type { Judge } from '../../generators/probe.ts';
import { Halted, halting } from '../../metrics/halts.ts';
import { scrapes } from '../../metrics/scrape.ts';
import { meanQuality } from '../../score/mean-quality.ts';
import { recovered } from '../../score/recovered.ts';
import { score } from '../../score/score.ts';
import { readyFaults } from '../faults/ready.ts';
import { Interrupted } from '../interruption.ts';
import { machineFacts } from '../machine.ts';
import type { Progress } from '../progress/progress.ts';
import type { ChosenTarget } from '../target/chosen.ts';
import { indicatorsBy } from '../target/watching.ts';
import { type Evidence, openEvidence } from './evidence.ts';
import type { Results } from './results.ts';

export interface Execution {
  readonly plan: Plan;
  readonly chosen: ChosenTarget;
  /** What is done to the target is written down by it. */
  readonly guard: Guard;
  /** Makes the folder for the results; called when everything is ready to begin. */
  readonly results: () => Results;
  readonly progress: Progress;
  /** Aborted by signals, with an Interrupted as reason. */
  readonly stop: AbortSignal;
}

/** A run that was made and judged. */
export interface Executed {
  readonly recording: Recording;
  readonly score: Score;
  readonly results: Results;
  /** Why the run ended before its time, if it did: an interruption, a halt condition, a full disk, or a bug. */
  readonly cutShort: unknown;
}

/** Time between the moment everything is ready and the run's 0. */
const COUNTDOWN = 100;

/**
 * Makes one run from its plan to its score, and keeps the recording whatever happens. Throws Mistakes when it cannot
 * begin; once it has begun, what ends it early comes back as `cutShort`.
 */
export async function execute(execution: Execution): Promise<Executed> {
  const { plan, chosen, guard, progress, stop } = execution;
  const builder = new RecordingBuilder();
  let evidence: Evidence | undefined;
  let load: Load | undefined;
  let cutShort: unknown;
  try {
    load = await readied(execution, judgeOf(builder), (told) => evidence?.acknowledged(told));
    const results = execution.results();
    const kept = openEvidence(results);
    evidence = kept;
    const record = (event: RunEvent) => {
      builder.add(event);
      kept.record(event);
      progress.show(event);
    };
    const broken = await readyFaults(plan, chosen.target, guard, results.folder);
    const began = monotonic() + COUNTDOWN;
    chosen.onDeath((death) => record({ kind: 'death', at: monotonic() - began, ...death }));
    record(opening(plan, chosen));
    try {
      const ending = AbortSignal.any([stop, kept.failure]);
      const following = [health, halting(chosen.halts, scrapes(chosen.target.metrics))];
      await run({ plan, target: chosen.target, leading: [load.actor, broken], following, record, stop: ending, began });
    } catch (thrown) {
      cutShort = thrown;
    }
    record({ kind: 'closed', at: monotonic() - began, ...closingWords(cutShort) });
  } finally {
    await load?.close();
    progress.end();
  }
  return judged(builder, evidence, cutShort);
}

async function readied(
  { plan, chosen, stop }: Execution,
  judge: Judge,
  acknowledged: (told: readonly Acknowledged[]) => void,
): Promise<Load> {
  try {
    return await prepareLoad({
      ...{ plan, judge, acknowledged, stop },
      workers: workersFor(plan, availableParallelism()),
      setting: chosen.setting,
      spawn: (setup) => new Worker(new URL('../load-worker.js', import.meta.url), { workerData: setup, execArgv: [] }),
    });
  } catch (thrown) {
    if (thrown instanceof NotReady) throw Mistakes.of('--target', thrown.message, undefined, EXIT.notReady);
    throw thrown;
  }
}

/** Judges what was recorded so far, for the probe. */
function judgeOf(builder: RecordingBuilder): Judge {
  const soFar = <T>(judge: (recording: Recording) => T): T => {
    const recording = builder.build();
    if (!recording) throw new Error('nothing was recorded yet');
    return judge(recording);
  };
  return {
    recovered: (from, until) => soFar((recording) => recovered(recording, from, until)),
    quality: (from, until) => soFar((recording) => meanQuality(recording, from, until)),
  };
}

function opening(plan: Plan, { target, calibration }: ChosenTarget): Opened {
  const { name, operations, capacity, metrics } = target;
  return {
    kind: 'opened',
    version: 'recording/1',
    startedAt: new Date(Date.now() + COUNTDOWN).toISOString(),
    plan,
    target: {
      name,
      operations,
      capacity,
      // Only what the run has started itself was tuned to this machine.
      ...(calibration && { alongside: true as const }),
      metrics: metrics.map((source) => ({
        name: source.name,
        url: withoutSecrets(source.url),
        indicators: Object.keys(indicatorsBy(source)) as IndicatorName[],
        ...(source.kind === 'prometheus' && { oldest: source.maxAge }),
      })),
    },
    machine: machineFacts(),
  };
}

/** User names, passwords and query strings of a URL may be secrets. */
function withoutSecrets(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

function closingWords(cutShort: unknown): Pick<Closed, 'reason' | 'says'> {
  if (cutShort === undefined) return { reason: 'completed' };
  const says = cutShort instanceof Error ? cutShort.message : String(cutShort);
  if (cutShort instanceof Halted) return { reason: 'halted', says };
  return { reason: cutShort instanceof Interrupted ? 'interrupted' : 'failed', says };
}

async function judged(builder: RecordingBuilder, evidence: Evidence, cutShort: unknown): Promise<Executed> {
  const recording = builder.build();
  if (!recording) throw new Error('a run without an opening');
  const judgement = score(recording);
  evidence.record({ kind: 'score', score: judgement });
  const executed = { recording, score: judgement, results: evidence.results };
  try {
    await evidence.close();
  } catch (thrown) {
    return { ...executed, cutShort: thrown };
  }
  return { ...executed, cutShort };
}
