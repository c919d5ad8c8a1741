import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Settings } from '../variants.ts';
import { retryAfter } from './answer.ts';
import { MOST_BYTES, parsedObject } from './body.ts';
import type { Door } from './door.ts';
import { MEDIA_PATH, tunnel } from './media/tunnel.ts';
import { type Participant, type ParticipantParts, participant, type Refused } from './participant.ts';
import { queryOf } from './query.ts';
import { SIGNAL_PATH } from './routes.ts';
import { pathOf } from './server.ts';
import { signalTokenOf } from './token.ts';
import { hasLeft } from './visitor.ts';

/** Close codes of RFC 6455, section 7.4.1. */
const NORMAL = 1_000;
const BAD_MESSAGE = 1_007;
const REFUSED = 1_008;
const INTERNAL_ERROR = 1_011;

/** What signalling is made of. */
export interface SignalParts extends ParticipantParts {
  readonly door: Door;
  readonly settings: Pick<Settings, 'noticesDeparture'>;
}

const NO_MORE = 'connection: close\r\ncontent-length: 0\r\n\r\n';

/** Takes the upgrades of a server: WebSockets on a meeting's signal path, one participant each. */
export function signal(server: Server, parts: SignalParts): void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES, clientTracking: false });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Node hands the connection over without a listener: its end by an error would end the gateway.
    socket.on('error', () => socket.destroy());
    if (parts.door.isLate()) {
      parts.metrics.shed();
      socket.end(`HTTP/1.1 503 Service Unavailable\r\nretry-after: ${retryAfter()}\r\n${NO_MORE}`);
      return;
    }
    const carrier = pathOf(request) === MEDIA_PATH && parts.media?.serverOf(queryOf(request).get('key') ?? '');
    if (carrier) {
      sockets.handleUpgrade(request, socket, head, (opened) => tunnel(opened, carrier));
      return;
    }
    const meeting = SIGNAL_PATH.exec(pathOf(request))?.[1];
    if (!meeting) {
      socket.end(`HTTP/1.1 404 Not Found\r\n${NO_MORE}`);
      return;
    }
    const token = signalTokenOf(request);
    const isGone = goneFrom(socket, parts.settings);
    sockets.handleUpgrade(request, socket, head, (opened) => attend(opened, parts, meeting, token, isGone));
  });
}

/** Tells whether nobody is at the other end of a connection any more, in variants that look. */
function goneFrom(socket: Duplex, { noticesDeparture }: SignalParts['settings']): () => Promise<boolean> {
  const visitor = {
    get leaving() {
      return socket.readableEnded || socket.destroyed;
    },
  };
  return async () => noticesDeparture && hasLeft(visitor);
}

/** Follows one WebSocket to its end. Messages are worked at one after another; its end comes last, and always. */
function attend(
  socket: WebSocket,
  parts: SignalParts,
  meeting: string,
  token: string | undefined,
  isGone: () => Promise<boolean>,
): void {
  const member = { tell: (text: string) => socket.send(text) };
  const someone = participant(parts, meeting, token, member);
  let work: Promise<void> = Promise.resolve();
  const then = (task: () => Promise<void> | void) => {
    work = work.then(task).catch((error: unknown) => {
      parts.log(`signalling failed: ${error instanceof Error ? error.message : String(error)}`);
      socket.close(INTERNAL_ERROR);
    });
  };
  // What breaks the protocol closes the socket, and the close is what counts.
  socket.on('error', () => undefined);
  socket.on('message', (data, isBinary) => then(() => obey(socket, someone, isBinary ? '' : data.toString(), isGone)));
  socket.on('close', () => then(() => someone.leave()));
}

/** Does what a message says. Whoever is refused is told why, and the line ends: there is nothing else to do on it. */
async function obey(
  socket: WebSocket,
  someone: Participant,
  text: string,
  isGone: () => Promise<boolean>,
): Promise<void> {
  const message = parsedObject(text);
  if (message?.type === 'leave') {
    await someone.leave();
    socket.close(NORMAL);
    return;
  }
  // A join of somebody who has left is a seat for nobody; what else they said before they left, they said.
  if (message?.type === 'join' && (await isGone())) return;
  const refused = await answered(someone, message ?? {});
  if (refused === 'malformed') socket.close(BAD_MESSAGE, 'not a message of this protocol');
  if (refused === undefined || refused === 'malformed') return;
  socket.send(JSON.stringify({ type: 'error', code: refused }));
  socket.close(REFUSED);
}

async function answered(
  someone: Participant,
  { type, id, text, region }: Readonly<Record<string, unknown>>,
): Promise<'malformed' | Refused | undefined> {
  if (type === 'join') return someone.join(typeof region === 'string' ? region : undefined);
  return type === 'chat' ? someone.chat(id, text) : 'malformed';
}
