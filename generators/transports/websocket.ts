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
export function websocketWire(reach: Reach): Pick<Wire, 'websocket' | 'close'> & { readonly open: number } {
  const sockets = new Set<WebSocket>();
  const lookup = lookupWithin(reach);
  return {
    get open() {
      return sockets.size;
    },
    websocket(url, { headers, protocols }: WebSocketOptions, patience: Patience) {
      const left = Math.max(1, patience.giveUpAt - performance.now());
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
      return connected(socket, left, patience);
    },
    close() {
      for (const socket of sockets) socket.terminate();
    },
  };
}

function connected(socket: WebSocket, left: number, patience: Patience): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const mailbox = new Mailbox(socket, patience);
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
class Mailbox implements Socket {
  readonly #socket: WebSocket;
  readonly #patience: Patience;
  readonly #unread: string[] = [];
  readonly #followers: { readonly heard: (text: string) => void; readonly ended: (why: string) => void }[] = [];
  #reader: { readonly resolve: (text: string) => void; readonly reject: (failure: Failure) => void } | undefined;
  #ended: Failure | undefined;

  constructor(socket: WebSocket, patience: Patience) {
    this.#socket = socket;
    this.#patience = patience;
    socket.on('message', (data) => this.#receive(String(data)));
    socket.on('close', (code) => this.#end(new Failure('reset', `WebSocket: closed by the target (${code})`)));
    socket.on('error', (error) => this.#end(new Failure('protocol', `WebSocket: ${error.message}`)));
  }

  send(text: string): void {
    if (this.#ended) throw this.#ended;
    this.#socket.send(text);
  }

  next(): Promise<string> {
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

  follow(heard: (text: string) => void, ended: (why: string) => void): void {
    for (const text of this.#unread) heard(text);
    if (this.#ended) ended(this.#ended.message);
    else this.#followers.push({ heard, ended });
  }

  close(): void {
    this.#socket.close();
  }

  #receive(text: string): void {
    for (const { heard } of this.#followers) heard(text);
    if (this.#reader) {
      this.#reader.resolve(text);
      return;
    }
    this.#unread.push(text);
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
