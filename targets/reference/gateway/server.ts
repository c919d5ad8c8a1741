import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Answer, answer, busy, Refusal, write } from './answer.ts';
import { DatabaseBusy } from './connections.ts';
import { type Door, KNOCK } from './door.ts';
import type { Metrics } from './metrics.ts';
import type { Route } from './routes.ts';
import { type Visitor, visitorOf } from './visitor.ts';

/** Connections that may wait to be accepted; a storm opens many at once, and Node's 511 would turn some away unseen. */
const BACKLOG = 4_096;

/** In milliseconds; longer than clients keep theirs, so that a request never meets a connection just being closed. */
const KEEP_ALIVE = 75_000;

export interface ServerParts {
  readonly routes: readonly Route[];
  readonly metrics: Metrics;
  readonly door: Door;
  readonly log: (line: string) => void;
}

/** Listens on 127.0.0.1; until it is told what to serve it answers 503. Rejects when the port cannot be had. */
export function listening(port: number): Promise<Server> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, (_, response) =>
    write(response, answer(503, { error: 'starting' }, { 'retry-after': '5' })),
  );
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`port ${port} is taken`) : error);
    server.once('error', fail);
    server.listen({ port, host: '127.0.0.1', backlog: BACKLOG }, () => {
      server.off('error', fail);
      resolve(server);
    });
  });
}

/** Serves the routes from now on; every request is counted and timed, but those turned away at a late door. */
export function serve(server: Server, parts: ServerParts): void {
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const path = pathOf(request);
    if (path === KNOCK) return void response.writeHead(204).end();
    const onPath = parts.routes.filter((route) => route.path.test(path));
    if (parts.door.isLate() && !onPath[0]?.always) return turnAway(parts, response);
    const visitor = visitorOf(response);
    count(parts.metrics, visitor, response, onPath[0]?.name ?? 'unknown');
    void answered(onPath, request, visitor, parts.log).then((given) => write(response, given));
  });
}

/** As cheaply as can be: what this costs is missing inside. */
function turnAway({ metrics }: ServerParts, response: ServerResponse): void {
  metrics.shed();
  write(response, busy());
}

/** The path alone, as it was sent. */
export function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '';
}

function count(metrics: Metrics, visitor: Visitor, response: ServerResponse, route: string): void {
  metrics.requestBegan();
  response.once('close', () => {
    const status = response.writableFinished ? response.statusCode : 499;
    metrics.requestEnded(route, status, (performance.now() - visitor.arrived) / 1_000);
  });
}

async function answered(
  onPath: readonly Route[],
  request: IncomingMessage,
  visitor: Visitor,
  log: (line: string) => void,
): Promise<Answer> {
  if (onPath.length === 0) return answer(404, { error: 'unknown-path' });
  const route = onPath.find(({ method }) => method === request.method);
  if (!route) return answer(405, { error: 'wrong-method' }, { allow: onPath.map(({ method }) => method).join(', ') });
  try {
    const id = route.path.exec(pathOf(request))?.[1] ?? '';
    return await route.handle({ request, visitor, id });
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    if (error instanceof DatabaseBusy) return busy();
    // Whoever leaves in the middle of a body breaks its reading: that is no mishap of the service.
    if (!visitor.departed) log(`${route.name} failed: ${error instanceof Error ? error.message : String(error)}`);
    return answer(500, { error: 'failed' });
  }
}
