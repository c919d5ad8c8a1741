import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nativeWebrtc } from '../../generators/participants/peers/native.ts';
import { type Session, type Streams, streamsOf } from './whip-streams.ts';

/** A small, honest server of WHIP (RFC 9725) and WHEP: what is published is really forwarded to who views it. */
export interface WhipServer {
  readonly url: string;
  readonly token: string;
  /** What it was asked, and what came of that. */
  readonly seen: { made: number; ended: number; sentOn: number; denied: number; missed: number; trickled: number };
  /** Offers as they came. */
  readonly offers: string[];
  /** Sessions that nobody has ended. */
  readonly open: number;
  close(): Promise<void>;
}

interface WhipServerOptions {
  /** Whether a WHEP offer is answered by another offer (406). */
  readonly counters?: boolean;
  /** Whether sessions take candidates later. */
  readonly trickles?: boolean;
}

/** What is asked of it, taken apart. */
interface Request {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Kept {
  readonly session: Session;
  readonly etag: string;
  readonly offer: string;
}

const TOKEN = 'a-token-of-the-tests';
const NOT_THERE: Reply = { status: 404 };

interface Context extends Required<WhipServerOptions>, Pick<WhipServer, 'seen' | 'offers'> {
  readonly streams: Streams;
  readonly kept: Map<string, Kept>;
}

/**
 * Starts one on a free port of loopback. Streams are published at `/whip/<name>`, which sends everybody on to `/node/<name>` with
 * 307, and viewed at `/whep/<name>`.
 */
export async function whipServer({ counters = false, trickles = true }: WhipServerOptions = {}): Promise<WhipServer> {
  const streams = streamsOf(await nativeWebrtc());
  const seen = { made: 0, ended: 0, sentOn: 0, denied: 0, missed: 0, trickled: 0 };
  const context: Context = { streams, counters, trickles, seen, kept: new Map(), offers: [] };
  const { url, close } = await listening((request) => answered(context, request));
  return {
    ...{ url, seen, offers: context.offers, token: TOKEN },
    get open() {
      return context.kept.size;
    },
    async close() {
      await close();
      streams.close();
    },
  };
}

async function answered(context: Context, request: Request): Promise<Reply> {
  if (request.headers.authorization !== `Bearer ${TOKEN}`) {
    context.seen.denied += 1;
    return { status: 401 };
  }
  const id = /^\/session\/(\d+)$/.exec(request.path)?.[1];
  if (id !== undefined) return request.method === 'DELETE' ? ended(context, id) : changed(context, id, request);
  return request.method === 'POST' ? offered(context, request) : { status: 405 };
}

async function offered(context: Context, { path, body, headers }: Request): Promise<Reply> {
  const { streams, counters, seen, offers } = context;
  const [, at, name = ''] = path.split('/');
  if (headers['content-type'] !== 'application/sdp') return { status: 415 };
  if (at === 'whip') {
    seen.sentOn += 1;
    return { status: 307, headers: { location: `../node/${name}` } };
  }
  offers.push(body);
  if (at === 'node') return made(context, await streams.publish(name, body), body, 201);
  const session = at === 'whep' ? await streams.view(name, counters ? undefined : body) : undefined;
  if (session) return made(context, session, body, counters ? 406 : 201);
  seen.missed += 1;
  return NOT_THERE;
}

function made({ seen, kept, trickles }: Context, session: Session, offer: string, status: number): Reply {
  seen.made += 1;
  const [id, etag] = [`${seen.made}`, `"${seen.made}"`];
  kept.set(id, { session, etag, offer });
  const headers = { location: `/session/${id}`, link: '<stun:stun.example.net>; rel="ice-server"' };
  return {
    ...{ status, body: session.sdp },
    headers: { 'content-type': 'application/sdp', ...headers, ...(trickles && { etag }) },
  };
}

function ended({ kept, seen }: Context, id: string): Reply {
  const one = kept.get(id);
  if (!one) return NOT_THERE;
  kept.delete(id);
  seen.ended += 1;
  one.session.end();
  return { status: 200 };
}

function changed({ kept, counters, trickles, seen }: Context, id: string, { body, headers }: Request): Reply {
  const one = kept.get(id);
  const type = headers['content-type'];
  if (!one) return NOT_THERE;
  if (type === 'application/sdp' && counters) {
    one.session.answered(body);
    return { status: 204 };
  }
  if (type !== 'application/trickle-ice-sdpfrag' || !trickles) return { status: 405 };
  if (headers['if-match'] !== one.etag || ufragIn(body) !== ufragIn(one.offer)) return { status: 412 };
  for (const [, line = ''] of body.matchAll(/^a=(candidate:.*)\r$/gm)) one.session.candidate(line);
  seen.trickled += 1;
  return { status: 204 };
}

function ufragIn(sdp: string): string | undefined {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1];
}

async function listening(answered: (request: Request) => Promise<Reply>) {
  const server = createServer((request, response) => void answer(request, response, answered));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  answered: (request: Request) => Promise<Reply>,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = '', url: path = '', headers } = request;
  const {
    status,
    headers: own = {},
    body = '',
  } = await answered({
    ...{ method, path, headers, body: Buffer.concat(chunks).toString() },
  });
  response.writeHead(status, own).end(body);
}
