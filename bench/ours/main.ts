import { appendFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { readConfig } from '../../cli/config.ts';
import { quietProgress } from '../../cli/progress/quiet.ts';
import { chooseTarget } from '../../cli/target/choose.ts';
import type { ChosenTarget } from '../../cli/target/chosen.ts';
import { monotonic } from '../../core/clock.ts';
import type { RunEvent } from '../../core/event.ts';
import type { Plan } from '../../core/plan.ts';
import { type Recording, RecordingBuilder } from '../../core/recording.ts';
import { run } from '../../core/run.ts';
import { health } from '../../generators/health.ts';
import { prepareLoad, workersFor } from '../../generators/load.ts';
import { openRecording } from '../../reports/recording-file.ts';
import { machineOf } from '../machine.ts';
import { accountOf } from './account.ts';
import { TARGET } from './declaration.ts';
import type { Order } from './order.ts';
import { planOf } from './plan.ts';

/**
 * A process that makes our load on the product's way: configuration, declaration, plan, worker thread, journey, bins,
 * recording on the disk and in memory, progress. What it leaves out is the score and the reports after the load.
 */
const order = JSON.parse(process.argv[2] ?? '') as Order;
const nothing = () => Promise.reject(new Error('nothing is broken here'));
const chosen = await chooseTarget({
  wanted: TARGET,
  config: readConfig(order.config, process.env),
  permission: { owned: [], maxRate: undefined, maxDuration: undefined },
  capacity: undefined,
  seed: 1,
  faults: [],
  media: false,
  recordings: false,
  edges: false,
  proxies: { before: nothing, relayed: nothing, rerouted: nothing, close: async () => {} },
  signal: new AbortController().signal,
  log: () => {},
});
const made = planOf(order.rate, order.seconds, chosen.target);
const { recording, began } = await loaded(made, chosen, order.folder);
process.stdout.write(`${JSON.stringify(accountOf(recording, began))}\n`);

/** Makes the load as cli/storm/execute does, with a target that never needs to be probed. */
async function loaded(plan: Plan, { target, setting }: ChosenTarget, folder: string) {
  const builder = new RecordingBuilder();
  const file = openRecording(join(folder, 'recording.jsonl'));
  const progress = quietProgress(plan, target.name, (line) => process.stderr.write(`${line}\n`));
  const record = (event: RunEvent) => {
    builder.add(event);
    file.write(event);
    progress.show(event);
  };
  const load = await prepareLoad({
    plan,
    setting,
    workers: workersFor(plan, availableParallelism()),
    judge: { recovered: () => true, quality: () => 1 },
    spawn: (setup) =>
      new Worker(new URL('../../cli/load-worker.js', import.meta.url), { workerData: setup, execArgv: [] }),
    acknowledged: (meetings) => appendFileSync(join(folder, 'ledger.jsonl'), `${JSON.stringify(meetings)}\n`),
  });
  try {
    const began = monotonic() + 100;
    const { name, operations, capacity } = target;
    record({
      kind: 'opened',
      version: 'recording/1',
      startedAt: new Date().toISOString(),
      plan,
      target: { name, operations, capacity, metrics: [] },
      machine: machineOf(undefined),
    });
    const stop = file.failure;
    await run({ plan, target, leading: [load.actor], following: [health], record, stop, began });
    record({ kind: 'closed', at: monotonic() - began, reason: 'completed' });
    await file.close();
    return { recording: built(builder), began };
  } finally {
    await load.close();
    progress.end();
  }
}

function built(builder: RecordingBuilder): Recording {
  const recording = builder.build();
  if (!recording) throw new Error('a run without an opening');
  return recording;
}
