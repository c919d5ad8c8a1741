import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { WorkerSetup } from '../generators/messages.ts';
import { mediaWire } from '../generators/participants/thread/media-wire.ts';
import type { MediaSetup } from '../generators/participants/thread/messages.ts';
import { peopleOf } from '../generators/people.ts';
import { nodeWire } from '../generators/transports/node.ts';
import { serve } from '../generators/worker.ts';
import { adapterFor, type Setting } from './setting.ts';

/** The entry of a load worker: a composition root of its own, since a target cannot cross threads but its setting can. */
const setup = workerData as WorkerSetup;
const { adapter, population, reach } = setup.setting as Setting;
const { scenarios, seed } = setup.plan;
// Failures of the target are thrown by the thousand and carry no stack worth the time.
Error.stackTraceLimit = 0;
if (!parentPort) throw new Error('load-worker runs as a worker thread');
await serve(parentPort, setup, {
  target: adapterFor(adapter),
  people: peopleOf(population, seed),
  wire: nodeWire(reach, scenarios.some(({ meetings }) => meetings) ? media() : undefined),
});

/** The thread of the participants. */
function media() {
  const made: MediaSetup = { seed, reach };
  return mediaWire(new Worker(new URL('./media-worker.js', import.meta.url), { workerData: made, execArgv: [] }));
}
