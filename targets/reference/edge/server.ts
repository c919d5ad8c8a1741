import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { atFreePort } from '../media/ports.ts';
import { filesOf } from './bundle.ts';
import { openMetrics } from './metrics.ts';
import type { EdgeOrder, EdgeReport } from './order.ts';

const BACKLOG = 4_096;

/** In milliseconds; longer than clients keep theirs, so that a request never meets a connection just being closed. */
const KEEP_ALIVE = 75_000;

/**
 * Opens an edge as ordered: it serves the files of both bundles to whoever asks, and a page of metrics. A file is small: what
 * the operating system takes off it at once says little of how fast it arrives, but the next one is asked for only then.
 */
export async function openEdge({ port }: EdgeOrder): Promise<EdgeReport> {
  const files = new Map([...filesOf('full'), ...filesOf('slim')]);
  const work = new Work();
  const metrics = openMetrics(work);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, (request, response) => {
    const file = files.get(request.url ?? '');
    if (file !== undefined) send(request, response, file, work);
    else if (request.url === '/metrics')
      void metrics.metrics().then((text) => response.setHeader('content-type', metrics.contentType).end(text));
    else response.writeHead(404).end();
  });
  await atFreePort(
    port,
    (free) =>
      new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ port: free, host: '127.0.0.1', backlog: BACKLOG }, () => {
          server.off('error', reject);
          resolve();
        });
      }),
  );
  return { kind: 'ready', port: (server.address() as AddressInfo).port };
}

function send({ socket }: IncomingMessage, response: ServerResponse, file: string, work: Work): void {
  response.once('finish', () => work.sent(socket, file.length));
  response.writeHead(200, { 'content-type': 'text/javascript', 'content-length': file.length });
  response.end(file);
}

/** How long after a file a connection counts as one that something is sent over, in milliseconds. */
const RECENT = 1_000;

/** What an edge has done, and for how many at the moment. */
class Work {
  requests = 0;
  bytes = 0;
  readonly #last = new Map<Socket, number>();

  sent(socket: Socket, bytes: number): void {
    this.requests += 1;
    this.bytes += bytes;
    if (!this.#last.has(socket)) socket.once('close', () => this.#last.delete(socket));
    this.#last.set(socket, performance.now());
  }

  get connections(): number {
    const since = performance.now() - RECENT;
    return [...this.#last.values()].filter((at) => at > since).length;
  }
}
