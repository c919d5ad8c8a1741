import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monotonic } from '../../core/clock.ts';
import { ANSWER } from './answer.ts';
import type { FromRecorder, ToRecorder } from './recorder.ts';

/** The recorder's own process: answers sign-ins, and keeps when each came. */
const MOST = 4_000_000;
const HEADERS = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(ANSWER)) };
const arrivals = new Float64Array(MOST);
let kept = 0;
let seen = 0;

const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
  if (kept < MOST) {
    arrivals[kept] = monotonic();
    kept += 1;
  }
  seen += 1;
  request.resume();
  response.writeHead(200, HEADERS).end(ANSWER);
});

const tell = (message: FromRecorder) => process.send?.(message);

process.on('message', (message: ToRecorder) => {
  if (message.do === 'count') tell({ did: 'count', seen });
  else {
    const taken = arrivals.subarray(0, kept);
    writeFileSync(message.file, new Uint8Array(taken.buffer, taken.byteOffset, taken.byteLength));
    tell({ did: 'take', taken: kept, full: kept === MOST });
    kept = 0;
  }
});
process.once('disconnect', () => process.exit());
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () =>
  tell({ did: 'listen', port: (server.address() as AddressInfo).port }),
);
