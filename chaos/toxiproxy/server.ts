import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { addressText, resolveAddress } from './address.ts';
import { type Answer, nothing, refused, words } from './answer.ts';
import { readBody } from './body.ts';
import { Collection } from './collection.ts';
import { groundOf } from './ground.ts';
import { isWelcome } from './hosts.ts';
import { readPath } from './path.ts';
import { type Populated, populate } from './populate.ts';
import { Refusal, refusals } from './refusal.ts';
import { type Asked, type Route, routesOf } from './routes.ts';

/** How the server is to be. */
export interface ToxiproxyOptions {
  /** A name or an address of this machine. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Names and addresses by which it may be asked, beside those of the loopback and `host`. */
  readonly hosts?: readonly string[];
  /** What all random choices follow from. */
  readonly seed: number;
  readonly log: (line: string) => void;
}

/** A server at work. */
export interface Toxiproxy {
  /** Where its API is, without a slash at the end. */
  readonly url: string;
  /** Makes the proxies that a JSON text lists, as `POST /populate` does. */
  populate(json: string): Promise<Populated>;
  /** Closes the API, every proxy and every connection. */
  stop(): Promise<void>;
}

/** Waiting longer than this for a request is left to nobody, in milliseconds. */
const PATIENCE = 15_000;

const KEEP_ALIVE = 60_000;

/** Starts a server; throws Error when nothing can listen there. */
export async function startToxiproxy({ host, port, hosts = [], seed, log }: ToxiproxyOptions): Promise<Toxiproxy> {
  const ground = groundOf(seed, log);
  const collection = new Collection(ground);
  const routes = routesOf(collection, ground);
  const welcome = [...hosts, host];
  const server = createServer({ requestTimeout: PATIENCE, headersTimeout: PATIENCE, keepAliveTimeout: KEEP_ALIVE });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void answerTo(request, routes, welcome, log).then((answer) => write(response, answer));
  });
  const address = await listening(server, host, port);
  return {
    url: `http://${address}`,
    populate: (json) => populate(collection, Buffer.from(json).toString('latin1')),
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await collection.clear();
      await closed;
    },
  };
}

async function listening(server: Server, host: string, port: number): Promise<string> {
  const address = await resolveAddress(addressText({ host, port }));
  return await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      const bound = server.address();
      resolve(addressText({ ...address, port: typeof bound === 'object' && bound ? bound.port : port }));
    });
  });
}

async function answerTo(
  request: IncomingMessage,
  routes: readonly Route[],
  welcome: readonly string[],
  log: (line: string) => void,
): Promise<Answer> {
  const { method = '', url = '', headers } = request;
  if (!isWelcome(hostOf(request), welcome)) return words('Host not allowed', 403);
  const target = readPath(url);
  if (target.kind === 'malformed') return MALFORMED;
  if (target.kind === 'elsewhere') return nothing(301, { location: target.location });
  const onPath = routes.filter(({ path }) => path.test(target.path));
  if (onPath.length === 0) return words('404 page not found', 404);
  const route = onPath.find(({ methods }) => methods === undefined || methods.includes(method));
  if (!route) return nothing(405);
  if (headers['user-agent']?.startsWith('Mozilla/')) return identified(words('User agent not allowed', 403));
  const [, proxy = '', toxic = ''] = route.path.exec(target.path) ?? [];
  return identified(await handled(route, { proxy, toxic, body: () => readBody(request) }, log));
}

/** The host that is asked for: that of an absolute target, if it is one. */
function hostOf({ url = '', headers }: IncomingMessage): string | undefined {
  return /^https?:\/\/([^/?]*)/i.exec(url)?.[1] ?? headers.host;
}

async function handled(route: Route, asked: Asked, log: (line: string) => void): Promise<Answer> {
  try {
    return await route.handle(asked);
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    log(`a request failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return refused(refusals.broken(error instanceof Error ? error.message : String(error)));
  }
}

/** What a target is answered with that is no path. */
const MALFORMED: Answer = {
  ...{ status: 400, type: 'text/plain; charset=utf-8', body: '400 Bad Request' },
  headers: { connection: 'close' },
};

const LETTERS = '0123456789abcdefghijklmnopqrstuv';

/** Every answer of a route carries an identifier: 20 letters and digits. */
function identified(answer: Answer): Answer {
  const id = Array.from(randomBytes(20), (byte) => LETTERS[byte % LETTERS.length]).join('');
  return { ...answer, headers: { ...answer.headers, 'x-toxiproxy-request-id': id } };
}

function write(response: ServerResponse, { status, type, body, headers }: Answer): void {
  if (response.destroyed) return;
  const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...(type !== undefined && { 'content-type': type }), ...length, ...headers });
  response.end(body);
}
