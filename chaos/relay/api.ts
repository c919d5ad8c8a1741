import type { IncomingMessage } from 'node:http';
import { type Mistake, sentence } from '../../core/mistake.ts';
import { LONGEST_WAIT } from '../toxiproxy/lifetime.ts';
import type { Forwarder, Opening } from './forwarder.ts';
import { mistakesIn, type Shapes } from './shape.ts';

/** What the control API answers: a status, and a value as JSON where there is one. */
export interface Answer {
  readonly status: number;
  readonly body?: object;
}

/** How long an impairment stays that nobody renews, in milliseconds, when nothing else is said. */
const TIME_TO_LIVE = 5_000;

/** Two minutes, as RFC 4787 asks of NATs. */
const IDLE = 120_000;
/** Room for any request there is. */
const MOST_BYTES = 65_536;

type Fields = Readonly<Record<string, unknown>>;

interface Route {
  readonly method: string;
  readonly path: RegExp;
  handle(forwarder: Forwarder, names: readonly string[], request: IncomingMessage): Answer | Promise<Answer>;
}

/** What is part of a path of the API. */
const NAME = /^[\w.-]+$/;
const FLOW = /^\/listeners\/([\w.:[\]-]+)\/flows\/([\w.:[\]-]+)$/;
const PATH = /^\/paths\/([\w.-]+)$/;
const IMPAIRMENT = /^\/paths\/([\w.-]+)\/impairments\/([\w.-]+)$/;

/** None of these a page of a stranger can make a browser change something by: that sends only GET and POST unasked. */
const ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/counters$/, handle: (forwarder) => ({ status: 200, body: forwarder.counters() }) },
  {
    method: 'PUT',
    path: /^\/listeners$/,
    handle: async (forwarder, _, request) => opened(forwarder, await objectOf(request)),
  },
  {
    method: 'PUT',
    path: FLOW,
    handle: (forwarder, [listen = '', client = '']) => admitted(forwarder.admit(listen, client)),
  },
  {
    method: 'DELETE',
    path: /^\/listeners\/([\w.:[\]-]+)$/,
    handle: (forwarder, [listen = '']) => found(forwarder.shut(listen)),
  },
  {
    method: 'PUT',
    path: PATH,
    handle: (forwarder, [path = '']) => {
      forwarder.begin(path);
      return { status: 204 };
    },
  },
  {
    method: 'PUT',
    path: IMPAIRMENT,
    handle: async (forwarder, names, request) => impaired(forwarder, names, await objectOf(request)),
  },
  {
    method: 'PATCH',
    path: IMPAIRMENT,
    handle: (forwarder, [path = '', name = '']) => found(forwarder.path(path)?.renew(name) ?? false),
  },
  {
    method: 'DELETE',
    path: IMPAIRMENT,
    handle: (forwarder, [path = '', name = '']) => found(forwarder.path(path)?.lift(name) ?? false),
  },
];

/**
 * Does what a request asks for:
 * - `GET /counters`
 * - `PUT /listeners` with an opening; `DELETE /listeners/host:port`
 * - `PUT /listeners/host:port/flows/host:port` lets a client in that has not sent anything, and tells where it is seen then
 * - `PUT /paths/name`: there is that path, though nobody listens for it yet
 * - `PUT /paths/name/impairments/name` with shapes and a time to live; `PATCH` gives it its whole time again, `DELETE`
 *   takes it out; both answer 404 when it is gone already
 */
export async function answerTo(request: IncomingMessage, forwarder: Forwarder): Promise<Answer> {
  const { method, url = '' } = request;
  const path = decoded(url);
  const route = ROUTES.find((one) => one.method === method && one.path.test(path));
  if (!route) return refused(404, `${method} ${url} is not known`);
  return route.handle(forwarder, route.path.exec(path)?.slice(1) ?? [], request);
}

/** Answers that something cannot be done, and why. */
export function refused(status: number, error: string): Answer {
  return { status, body: { error } };
}

async function opened(forwarder: Forwarder, asked: Fields): Promise<Answer> {
  const { upstream, listen = '127.0.0.1:0', path = 'default', idle = IDLE, isProbe = false } = asked;
  const mistakes = [...timeMistakes(idle, 'idle'), ...nameMistakes(path, 'path')];
  if (mistakes.length > 0) return refused(400, mistakes.map(sentence).join('; '));
  const opening = { upstream: String(upstream), listen: String(listen), path: String(path), idle, isProbe } as Opening;
  try {
    return { status: 201, body: { listen: await forwarder.open(opening) } };
  } catch (error) {
    return refused(400, (error as Error).message);
  }
}

function impaired(forwarder: Forwarder, [path = '', name = '']: readonly string[], { shapes, ttl }: Fields): Answer {
  const mistakes = [...mistakesIn(shapes, 'shapes'), ...timeMistakes(ttl, 'ttl')];
  if (mistakes.length > 0) return refused(400, mistakes.map(sentence).join('; '));
  const found = forwarder.path(path);
  if (!found) return refused(404, `there is no path "${path}"`);
  found.impair(name, shapes as Shapes, Number(ttl ?? TIME_TO_LIVE));
  return { status: 204 };
}

function admitted(from: string | undefined): Answer {
  return from === undefined
    ? refused(404, 'nothing listens there, or it has no place')
    : { status: 201, body: { from } };
}

function found(isFound: boolean): Answer {
  return isFound ? { status: 204 } : refused(404, 'it is not there');
}

function timeMistakes(value: unknown, where: string): readonly Mistake[] {
  if (value === undefined || (typeof value === 'number' && value > 0 && value <= LONGEST_WAIT)) return [];
  return [{ where, what: `must be milliseconds, not ${value}` }];
}

function nameMistakes(value: unknown, where: string): readonly Mistake[] {
  if (NAME.test(String(value))) return [];
  return [{ where, what: `must be letters, digits, dots, hyphens and underscores, not "${value}"` }];
}

/** A body that is no object, or too long to be one, is an empty one: what is missing is told by what needs it. */
async function objectOf(request: IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MOST_BYTES) chunks.push(chunk);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString());
    return typeof value === 'object' && value !== null ? (value as Fields) : {};
  } catch {
    return {};
  }
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
