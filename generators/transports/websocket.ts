import type { ClientRequest, IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { Failure, type FailureKind } from '../../core/failure.ts';
import { retryAfterOf } from '../../core/retry-after.ts';
import type { Socket, WebSocketOptions } from '../../core/transport.ts';
import { socketBy } from './detour.ts';
import { failureOf, lookupWithin } from './reach.ts';
import type { Patience, Reach, Wire } from './wire.ts';

/** Larger messages, or more of them unread, are a failure of the target: memory must stay bounded. */
const LARGEST_MESSAGE = 1024 * 1024;
const MOST_UNREAD = 10_000;
/** Where somebody hears everything, no more than so many are kept for whoever waits for the next one. */
const KEPT_BESIDE = 100;

/** WebSockets that wait for each message as long as the person behind them does. */
export function websocketWire(reach: Reach): Pick<Wire, 'websocket' | 'binary' | 'close'> & { readonly open: number } {
  const sockets = new Set<WebSocket>();
  const lookup = lookupWithin(reach);
  const opened = (url: string, { headers, protocols }: WebSocketOptions) => {
    const detour = reach.detours && socketBy(reach, url);
    const options = {
      headers,
      lookup,
      rejectUnauthorized: !reach.insecureTls,
      perMessageDeflate: false,
      maxPayload: LARGEST_MESSAGE,
      ...(detour && { createConnection: detour }),
    };
    const socket = new WebSocket(url.replace(/^http/, 'ws'), [...(protocols ?? [])], options);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  return {
    get open() {
      return sockets.size;
    },
    websocket: (url, options, patience) => connected(opened(url, options), patience, String),
    binary: (url, options, patience) => connected(opened(url, options), patience, (data) => data),
    close() {
      for (const socket of sockets) socket.terminate();
    },
  };
}

/** How a message is read from what came. */
type Read<Message> = (data: Buffer) => Message;

function connected<Message extends string | Uint8Array>(
  socket: WebSocket,
  patience: Patience,
  read: Read<Message>,
): Promise<Socket<Message>> {
  return new Promise((resolve, reject) => {
    const left = Math.max(1, patience.giveUpAt - performance.now());
    const mailbox = new Mailbox(socket, patience, read);
    const timer = setTimeout(() => fail(new Failure('timeout', 'WebSocket: not open in time')), left);
    const fail = (failure: Error) => {
      clearTimeout(timer);
      socket.terminate();
      reject(failure);
    };
    socket.once('open', () => {
      clearTimeout(timer);
      resolve(mailbox);
    });
    socket.once('unexpected-response', (request: ClientRequest, answer: IncomingMessage) => {
      fail(handshakeFailure(answer));
      request.destroy();
    });
    socket.on('error', (error) => fail(failureOf(error)));
  });
}

const HANDSHAKE: Readonly<Record<number, FailureKind>> = { 401: 'denied', 403: 'denied', 429: 'shed', 503: 'shed' };

function handshakeFailure({ statusCode = 0, headers }: IncomingMessage): Failure {
  const retryAfter = retryAfterOf({ header: (name) => [headers[name] ?? []].flat() });
  return new Failure(HANDSHAKE[statusCode] ?? 'status', `WebSocket: handshake answered ${statusCode}`, retryAfter);
}

/** The messages of one socket, in order, for one reader. */
class Mailbox<Message extends string | Uint8Array> implements Socket<Message> {
  readonly #socket: WebSocket;
  readonly #patience: Patience;
  readonly #unread: Message[] = [];
  readonly #followers: { readonly heard: (message: Message) => void; readonly ended: (why: string) => void }[] = [];
  #reader: { readonly resolve: (message: Message) => void; readonly reject: (failure: Failure) => void } | undefined;
  #ended: Failure | undefined;
  #ignoring = false;

  constructor(socket: WebSocket, patience: Patience, read: Read<Message>) {
    this.#socket = socket;
    this.#patience = patience;
    socket.on('message', (data) => this.#receive(read(data as Buffer)));
    socket.on('close', (code) => this.#end(new Failure('reset', `WebSocket: closed by the target (${code})`)));
    socket.on('error', (error) => this.#end(new Failure('protocol', `WebSocket: ${error.message}`)));
  }

  send(message: Message): void {
    if (this.#ended) throw this.#ended;
    this.#socket.send(message);
  }

  next(): Promise<Message> {
    this.#ignoring = false;
    const message = this.#unread.shift();
    if (message !== undefined) return Promise.resolve(message);
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#reader = undefined;
        reject(new Failure('timeout', 'WebSocket: no message in time'));
      }, this.#patience.giveUpAt - performance.now());
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          this.#reader = undefined;
          settle(value);
        };
      this.#reader = { resolve: settled(resolve), reject: settled(reject) };
    });
  }

  ignore(): void {
    this.#ignoring = true;
    this.#unread.length = 0;
  }

  follow(heard: (message: Message) => void, ended: (why: string) => void): void {
    for (const message of this.#unread) heard(message);
    if (this.#ended) ended(this.#ended.message);
    else this.#followers.push({ heard, ended });
  }

  close(): void {
    this.#socket.close();
  }

  #receive(message: Message): void {
    for (const { heard } of this.#followers) heard(message);
    if (this.#reader) {
      this.#reader.resolve(message);
      return;
    }
    if (this.#ignoring) return;
    this.#unread.push(message);
    if (this.#followers.length > 0) this.#unread.splice(0, this.#unread.length - KEPT_BESIDE);
    if (this.#unread.length > MOST_UNREAD) {
      this.#end(new Failure('protocol', `WebSocket: more than ${MOST_UNREAD} messages nobody asked for`));
      this.#socket.terminate();
    }
  }

  #end(failure: Failure): void {
    this.#ended ??= failure;
    this.#reader?.reject(failure);
    for (const { ended } of this.#followers.splice(0)) ended(failure.message);
  }
}
