import { parentPort, workerData } from 'node:worker_threads';
import type { MediaSetup } from '../generators/participants/thread/messages.ts';
import { serveMedia } from '../generators/participants/thread/serve.ts';

/** The entry of the participants' thread beside a load worker. */
if (!parentPort) throw new Error('media-worker runs as a worker thread');
serveMedia(parentPort, workerData as MediaSetup);
