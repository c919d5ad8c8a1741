import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { together } from '../generators/browser/together.ts';
import type { WorkerSetup } from '../generators/messages.ts';
import { processHost, threadHost } from '../generators/participants/thread/host.ts';
import { type MediaWire, mediaWire } from '../generators/participants/thread/media-wire.ts';
import type { MediaSetup } from '../generators/participants/thread/messages.ts';
import { peopleOf } from '../generators/people.ts';
import { nodeWire } from '../generators/transports/node.ts';
import { serve } from '../generators/worker.ts';
import { browserOf } from './browser.ts';
import { adapterFor, type Setting, SPOKEN } from './setting.ts';

/** The entry of a load worker: a composition root of its own, since a target cannot cross threads but its setting can. */
const setup = workerData as WorkerSetup;
const { adapter, population, reach } = setup.setting as Setting;
const { scenarios, seed } = setup.plan;
// Failures of the target are thrown by the thousand and carry no stack worth the time.
Error.stackTraceLimit = 0;
if (!parentPort) throw new Error('load-worker runs as a worker thread');
const browser = browserOf(setup.setting as Setting, setup.plan);
await serve(parentPort, setup, {
  target: adapterFor(adapter),
  people: peopleOf(population, seed),
  wire: nodeWire(reach, scenarios.some(({ meetings }) => meetings) ? mediaOfAll() : undefined, browser),
});

/** Media of everybody: of pages alone, of native participants, or of these with a few pages among them. */
function mediaOfAll(): MediaWire {
  if (adapter.kind === 'browser' && browser) return browser;
  return browser ? together(media(), browser) : media();
}

/** Where the participants live: those of WebRTC in a process, those of plain RTP in a thread. */
function media() {
  const made: MediaSetup = { seed, reach };
  if (SPOKEN[adapter.kind] === 'RTP')
    return mediaWire(
      threadHost(new Worker(new URL('./media-worker.js', import.meta.url), { workerData: made, execArgv: [] })),
    );
  const entry = fileURLToPath(new URL('./peer-process.js', import.meta.url));
  return mediaWire(processHost(fork(entry, [JSON.stringify(made)], { execArgv: [], serialization: 'advanced' })));
}
