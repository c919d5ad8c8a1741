import { Client, type Dispatcher } from 'undici';
import { Failure } from '../../core/failure.ts';
import type { Answer, HttpRequest } from '../../core/transport.ts';
import { connectorBy } from './detour.ts';
import { failureOf, lookupWithin } from './reach.ts';
import type { Reach, Wire } from './wire.ts';

/** Larger answers are a failure of the target: a virtual user has no use for them, and memory must stay bounded. */
const LARGEST_ANSWER = 4 * 1024 * 1024;

/** Long beyond anybody's patience: it only frees what was begun for people who have given up. */
const CONNECT_TIMEOUT = 30_000;

/**
 * HTTP/1.1 over as many keep-alive connections as there are requests at once: one request a connection at a time, the
 * connection freed last is used first, and giving up on a request closes its connection, as a browser does.
 */
export function httpWire(reach: Reach): Pick<Wire, 'http' | 'close'> & { readonly connections: number } {
  const origins = new Map<string, Origin>();
  const lookup = lookupWithin(reach);
  const options = { lookup, rejectUnauthorized: !reach.insecureTls, timeout: CONNECT_TIMEOUT };
  const connect = reach.detours ? connectorBy(reach.detours, options) : options;
  let connections = 0;
  const opened = (origin: string) =>
    new Client(origin, { connect, headersTimeout: 0, bodyTimeout: 0, pipelining: 1 })
      .on('connect', () => {
        connections += 1;
      })
      .on('disconnect', () => {
        connections -= 1;
      });
  return {
    get connections() {
      return connections;
    },
    http(request, giveUpAt) {
      const { origin, path } = splitUrl(request.url);
      let known = origins.get(origin);
      if (!known) {
        known = { all: [], idle: [] };
        origins.set(origin, known);
      }
      let client = known.idle.pop();
      if (!client) {
        client = opened(origin);
        known.all.push(client);
      }
      return exchange(client, known.idle, path, request, giveUpAt);
    },
    close() {
      for (const { all } of origins.values()) for (const client of all) void client.destroy();
    },
  };
}

interface Origin {
  readonly all: Client[];
  readonly idle: Client[];
}

/** Splits an absolute URL without parsing it whole: this runs once per request. */
function splitUrl(url: string): { origin: string; path: string } {
  const slash = url.indexOf('/', url.indexOf('//') + 2);
  return slash < 0 ? { origin: url, path: '/' } : { origin: url.slice(0, slash), path: url.slice(slash) };
}

function exchange(
  client: Client,
  idle: Client[],
  path: string,
  request: HttpRequest,
  giveUpAt: number,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method, headers, body } = request;
    const handler = new Exchange(client, idle, resolve, reject);
    handler.waitUntil(giveUpAt, request);
    client.dispatch(
      { path, method: method as Dispatcher.HttpMethod, ...(headers && { headers }), body: body ?? null },
      handler,
    );
  });
}

/** One request under way. A class, because thousands are alive at once and their methods should be shared. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #client: Client;
  readonly #idle: Client[];
  readonly #resolve: (answer: Answer) => void;
  readonly #reject: (failure: Error) => void;
  #timer: NodeJS.Timeout | undefined;
  #abort: ((reason: Error) => void) | undefined;
  #gaveUp: Failure | undefined;
  #status = 0;
  #rawHeaders: readonly Buffer[] = [];
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(client: Client, idle: Client[], resolve: (answer: Answer) => void, reject: (failure: Error) => void) {
    this.#client = client;
    this.#idle = idle;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  waitUntil(giveUpAt: number, { method, url }: HttpRequest): void {
    if (giveUpAt === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(
      () => this.#giveUp(new Failure('timeout', `${method} ${pathOf(url)}: no answer in time`)),
      giveUpAt - performance.now(),
    );
  }

  #giveUp(failure: Failure): void {
    this.#gaveUp = failure;
    // Not yet dispatched: undici learns of it in onConnect.
    this.#abort?.(failure);
    this.#reject(failure);
  }

  onConnect(abort: (reason?: Error) => void): void {
    this.#abort = abort;
    if (this.#gaveUp) abort(this.#gaveUp);
  }

  onHeaders(status: number, rawHeaders: Buffer[]): boolean {
    // Informational answers (1xx) announce the real one.
    if (status < 200) return true;
    this.#status = status;
    this.#rawHeaders = rawHeaders;
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.#size += chunk.length;
    if (this.#size > LARGEST_ANSWER)
      this.#giveUp(new Failure('protocol', `an answer of more than ${LARGEST_ANSWER} bytes`));
    else this.#chunks.push(chunk);
    return true;
  }

  onComplete(): void {
    clearTimeout(this.#timer);
    this.#idle.push(this.#client);
    const body = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
    this.#resolve(new ReceivedAnswer(this.#status, body?.toString('utf8') ?? '', this.#rawHeaders));
  }

  onError(error: Error): void {
    clearTimeout(this.#timer);
    this.#idle.push(this.#client);
    this.#reject(failureOf(error));
  }
}

function pathOf(url: string): string {
  const { path } = splitUrl(url);
  const query = path.indexOf('?');
  return query < 0 ? path : path.slice(0, query);
}

class ReceivedAnswer implements Answer {
  readonly status: number;
  readonly body: string;
  readonly #rawHeaders: readonly Buffer[];

  constructor(status: number, body: string, rawHeaders: readonly Buffer[]) {
    this.status = status;
    this.body = body;
    this.#rawHeaders = rawHeaders;
  }

  header(name: string): string[] {
    const values: string[] = [];
    for (let i = 0; i + 1 < this.#rawHeaders.length; i += 2) {
      const written = this.#rawHeaders[i];
      // Most names have another length, and every answer is asked for its cookies.
      if (written?.length === name.length && written.toString('latin1').toLowerCase() === name)
        values.push(this.#rawHeaders[i + 1]?.toString('latin1') ?? '');
    }
    return values;
  }
}
