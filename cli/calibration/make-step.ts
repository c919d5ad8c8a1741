import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { monotonic } from '../../core/clock.ts';
import { EXIT } from '../../core/exit.ts';
import { Mistakes } from '../../core/mistake.ts';
import { RecordingBuilder } from '../../core/recording.ts';
import { run } from '../../core/run.ts';
import { health } from '../../generators/health.ts';
import { prepareLoad, workersFor } from '../../generators/load.ts';
import { NotReady } from '../../generators/not-ready.ts';
import { judgeStep, type StepJudgement } from '../../score/step.ts';
import { machineFacts } from '../machine.ts';
import type { ChosenTarget } from '../target/chosen.ts';
import { type StepTerms, stepPlan } from './step-plan.ts';

/** Time between the moment everybody is ready and the step's 0. */
const COUNTDOWN = 100;

/** What a target is left alone for after each step, so that one does not pay for the one before. */
const REST = 1_000;

/** Makes one step of constant load on a target and judges it; nothing is kept of it. Rejects when it is stopped. */
export async function makeStep(
  terms: StepTerms,
  { target, setting }: ChosenTarget,
  stop: AbortSignal,
): Promise<StepJudgement> {
  const plan = stepPlan(terms);
  const builder = new RecordingBuilder();
  const load = await prepareLoad({
    ...{ plan, setting, stop },
    workers: workersFor(plan, availableParallelism()),
    judge: { recovered: () => true, quality: () => undefined },
    acknowledged: () => {},
    spawn: (setup) => new Worker(new URL('../load-worker.js', import.meta.url), { workerData: setup, execArgv: [] }),
  }).catch((thrown) => {
    throw thrown instanceof NotReady ? Mistakes.of('--target', thrown.message, undefined, EXIT.notReady) : thrown;
  });
  try {
    const began = monotonic() + COUNTDOWN;
    const { name, operations, capacity } = target;
    builder.add({
      ...{ kind: 'opened', version: 'recording/1', startedAt: new Date(Date.now() + COUNTDOWN).toISOString(), plan },
      target: { name, operations, capacity, metrics: [] },
      machine: machineFacts(),
    });
    const record = (event: Parameters<typeof builder.add>[0]) => void builder.add(event);
    await run({ plan, target, leading: [load.actor], following: [health], record, stop, began });
  } finally {
    await load.close();
  }
  await sleep(REST + 2 * terms.deadline, undefined, { signal: stop }).catch(() => {});
  stop.throwIfAborted();
  const recording = builder.build();
  if (!recording) throw new Error('a step without an opening');
  return judgeStep(recording, terms.class);
}
