import { Mistakes } from '../../core/mistake.ts';
import { checkedName } from '../checked-name.ts';
import { objectIn } from '../toxiproxy/raw.ts';
import type { Counters } from './counters.ts';
import { RelayFailure } from './failure.ts';
import type { Opening } from './forwarder.ts';
import { mistakesIn, type Shapes } from './shape.ts';

/** Drives a relay by its control API, from any process. Every call ends within its time limit, and throws RelayFailure. */
export interface RelayClient {
  readonly url: string;
  /** Listens for the clients of an upstream (`host:port`); resolves with the `host:port` they have to send to. */
  open(upstream: string, options?: OpenOptions): Promise<string>;
  /** Lets a client in before it has sent anything; resolves with the `host:port` that the upstream sees it at. */
  admit(listen: string, client: string): Promise<string>;
  /** Has a path of a name, so that it can be impaired before anything listens for it. */
  begin(path: string): Promise<void>;
  /** Listens there no more, and forgets the clients; what waits for them is dropped, and counted. */
  shut(listen: string): Promise<void>;
  /**
   * Puts an impairment in place on a path, or changes the one of that name; several of one path add up. It is gone `ttl`
   * milliseconds (5,000 when left out) after it was last renewed. Throws Mistakes when it cannot be meant.
   */
  impair(path: string, name: string, shapes: Shapes, ttl?: number): Promise<void>;
  /** Gives it its whole time again; one that is gone stays gone, and is a failure with status 404. */
  renew(path: string, name: string): Promise<void>;
  /** Takes it out: what it holds back goes on at once, in order. Tells whether it was still there. */
  lift(path: string, name: string): Promise<boolean>;
  counters(): Promise<Counters>;
}

/**
 * `path` is `default`, `listen` a free port of 127.0.0.1 and `idle` two minutes (as RFC 4787 asks of NATs) when they are
 * left out.
 */
export type OpenOptions = Partial<Omit<Opening, 'upstream'>>;

/** How long one request may take, in milliseconds. */
const LIMIT = 5_000;

/** A client for the relay whose control API is at a URL. */
export function relayClient(url: string): RelayClient {
  const ask = <T>(method: string, path: string, body?: object) => asked<T>(url, method, path, body);
  return {
    url,
    async open(upstream, options = {}) {
      if (options.path !== undefined) checkedName('path', options.path);
      return (await ask<{ listen: string }>('PUT', '/listeners', { upstream, ...options })).listen;
    },
    admit: async (listen, client) =>
      (
        await ask<{ from: string }>(
          'PUT',
          `/listeners/${encodeURIComponent(listen)}/flows/${encodeURIComponent(client)}`,
        )
      ).from,
    begin: (path) => ask('PUT', `/paths/${checkedName('path', path)}`),
    shut: async (listen) => void (await unlessMissing(ask('DELETE', `/listeners/${encodeURIComponent(listen)}`))),
    async impair(path, name, shapes, ttl) {
      const mistakes = mistakesIn(shapes, name);
      if (mistakes.length > 0) throw new Mistakes(mistakes);
      await ask('PUT', impairmentPath(path, name), { shapes, ttl });
    },
    renew: async (path, name) => void (await ask('PATCH', impairmentPath(path, name))),
    lift: (path, name) => unlessMissing(ask('DELETE', impairmentPath(path, name))),
    counters: () => ask<Counters>('GET', '/counters'),
  };
}

function impairmentPath(path: string, name: string): string {
  return `/paths/${checkedName('path', path)}/impairments/${checkedName('impairment', name)}`;
}

async function asked<T>(url: string, method: string, path: string, body?: object): Promise<T> {
  const [status, text] = await answered(url, method, path, body);
  const value = objectIn(text);
  if (status >= 200 && status < 300) return value as T;
  const reason = value && 'error' in value ? `: ${value.error}` : '';
  throw new RelayFailure(`the relay at ${url} answers ${status} to ${method} ${path}${reason}`, status);
}

async function answered(url: string, method: string, path: string, body?: object): Promise<readonly [number, string]> {
  try {
    const signal = AbortSignal.timeout(LIMIT);
    const answer = await fetch(`${url}${path}`, { method, signal, ...(body && { body: JSON.stringify(body) }) });
    return [answer.status, await answer.text()];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const cause = error.cause as NodeJS.ErrnoException | undefined;
    const why = error.name === 'TimeoutError' ? `nothing came within ${LIMIT} ms` : (cause?.message ?? error.message);
    throw new RelayFailure(`the relay at ${url} does not answer: ${why}`, undefined, cause?.code === 'ECONNREFUSED');
  }
}

async function unlessMissing(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof RelayFailure && error.status === 404) return false;
    throw error;
  }
}
