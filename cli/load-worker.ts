import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerSetup } from '../generators/messages.ts';
import { peopleOf } from '../generators/people.ts';
import { nodeWire } from '../generators/transports/node.ts';
import { serve } from '../generators/worker.ts';
import { adapterFor, type Setting } from './setting.ts';

/** The entry of a load worker: a composition root of its own, since a target cannot cross threads but its setting can. */
const setup = workerData as WorkerSetup;
const { adapter, population, reach } = setup.setting as Setting;
// Failures of the target are thrown by the thousand and carry no stack worth the time.
Error.stackTraceLimit = 0;
if (!parentPort) throw new Error('load-worker runs as a worker thread');
await serve(parentPort, setup, {
  target: adapterFor(adapter),
  people: peopleOf(population, setup.plan.seed),
  wire: nodeWire(reach),
});
