import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type WebSocket, WebSocketServer } from 'ws';

/** One request as the server saw it. */
interface Seen {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Route = (seen: Seen, answer: ServerResponse) => void;

export interface SmallConference {
  readonly url: string;
  readonly seen: Seen[];
  /** Participants by meeting. */
  readonly rooms: ReadonlyMap<string, ReadonlySet<WebSocket>>;
  /** Handles a path in another way, until the server is closed. */
  route(path: string, route: Route): void;
  /** Handles the messages of a socket opened on this path in another way. */
  signal(path: string, handle: (socket: WebSocket, message: string | undefined) => void): void;
  close(): Promise<void>;
}

/** A conferencing service of one page over node:http and ws, for tests of adapters; it listens on loopback only. */
export async function smallConference(): Promise<SmallConference> {
  const seen: Seen[] = [];
  const routes = new Map<string, Route>();
  const signals = new Map<string, (socket: WebSocket, message: string | undefined) => void>();
  const rooms = new Map<string, Set<WebSocket>>();
  const tokens = new Map<string, string>();
  const authorized = ({ headers, url }: Seen) =>
    tokens.has(String(headers.authorization).replace('Bearer ', '')) || tokens.has(url.searchParams.get('token') ?? '');

  routes.set('POST /v1/login', ({ body }, answer) => {
    const { email, password } = JSON.parse(body) as { email: string; password: string };
    if (password.startsWith('not ')) return reply(answer, 401, { error: 'denied' });
    const token = randomUUID();
    tokens.set(token, email);
    reply(answer, 200, { ok: true, access_token: token });
  });
  routes.set('POST /v1/meetings', (request, answer) => {
    if (!authorized(request)) return reply(answer, 401, {});
    const id = randomUUID();
    rooms.set(id, new Set());
    reply(answer, 201, { id, ...(JSON.parse(request.body) as object) });
  });
  routes.set('GET /v1/meetings', ({ url }, answer) => {
    const id = url.pathname.split('/')[3] ?? '';
    const room = rooms.get(id);
    if (room) reply(answer, 200, { id, participants: room.size });
    else reply(answer, 404, { error: 'unknown-meeting' });
  });

  const server = createServer(async (request, answer) => {
    const it = await seenOf(request);
    seen.push(it);
    const route =
      routes.get(it.url.pathname) ??
      routes.get(`${it.method} ${it.url.pathname}`) ??
      routes.get(`${it.method} ${it.url.pathname.split('/').slice(0, 3).join('/')}`);
    if (route) route(it, answer);
    else reply(answer, 404, {});
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', async (request, socket, head) => {
    const it = await seenOf(request);
    seen.push(it);
    const signal = signals.get(it.url.pathname);
    if (!signal && !authorized(it)) return void socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (open) => {
      if (!signal) return meet(open, rooms.get(it.url.pathname.split('/')[3] ?? ''));
      signal(open, undefined);
      open.on('message', (data) => signal(open, String(data)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    rooms,
    route: (path, route) => void routes.set(path, route),
    signal: (path, handle) => void signals.set(path, handle),
    close: () => closed(server, sockets),
  };
}

/** Answers with JSON. */
export function reply(
  answer: ServerResponse,
  status: number,
  json: unknown,
  headers: Record<string, string | string[]> = {},
): void {
  answer.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json));
}

async function seenOf(request: IncomingMessage): Promise<Seen> {
  const body = request.headers.upgrade ? '' : await text(request);
  const { method = '', headers, url = '' } = request;
  return { method, url: new URL(url, 'http://127.0.0.1'), headers, body };
}

function meet(socket: WebSocket, room: Set<WebSocket> | undefined): void {
  const say = (message: unknown) => socket.send(JSON.stringify(message));
  socket.on('close', () => room?.delete(socket));
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as { type: string; id?: string; text?: string };
    if (!room) say({ type: 'error', code: 'unknown-meeting' });
    else if (message.type === 'join' && room.size >= 3) say({ type: 'error', code: 'full' });
    else if (message.type === 'join') {
      room.add(socket);
      say({ type: 'presence' });
      say({ type: 'joined', seat: room.size });
    } else if (message.type === 'chat')
      for (const member of room) member.send(JSON.stringify({ ...message, from: 'somebody' }));
    else if (message.type === 'leave') room.delete(socket);
  });
}

async function closed(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
