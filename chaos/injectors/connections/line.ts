import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Login } from './login.ts';

/** A connection to a database while it is being set up: bytes are asked for by number, in their order. */
export class Line {
  #socket: Socket;
  #received: Buffer[] = [];
  #length = 0;
  #ended: Error | undefined;
  #wake: () => void = () => undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#listen();
  }

  /** Connects; rejects when there is nobody, or when it takes longer than the signal allows. */
  static async to(address: Login['address'], signal: AbortSignal): Promise<Line> {
    const socket = connect({ ...address, signal });
    // The line hears of its end by itself.
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return new Line(socket);
  }

  get isSecret(): boolean {
    return 'encrypted' in this.#socket || this.#socket.remoteAddress === undefined;
  }

  send(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  /** The next so many bytes; rejects when the connection ends before. */
  async take(bytes: number): Promise<Buffer> {
    while (this.#length < bytes) {
      if (this.#ended) throw this.#ended;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const whole = Buffer.concat(this.#received);
    this.#received = [whole.subarray(bytes)];
    this.#length -= bytes;
    return whole.subarray(0, bytes);
  }

  /** Goes on under TLS; the server's certificate is only looked at where that was asked for. */
  async secure({ tls, address }: Login): Promise<void> {
    const { host } = { host: 'localhost', ...address };
    this.#socket.removeAllListeners();
    const secret: TLSSocket = connectTls({
      socket: this.#socket,
      servername: /^[\d.:]+$/.test(host) ? '' : host,
      host,
      rejectUnauthorized: tls === 'verify-full',
    });
    this.#socket.on('error', () => undefined);
    secret.on('error', () => undefined);
    await once(secret, 'secureConnect');
    this.#socket = secret;
    this.#listen();
  }

  /** Hands the connection over as it is, to be held; what still comes is read and thrown away. */
  held(): Socket {
    this.#socket.removeAllListeners('data');
    return this.#socket.resume();
  }

  close(): void {
    this.#socket.destroy();
  }

  #listen(): void {
    const end = (error: Error) => {
      this.#ended ??= error;
      this.#wake();
    };
    this.#socket.on('data', (chunk: Buffer) => {
      this.#received.push(chunk);
      this.#length += chunk.length;
      this.#wake();
    });
    this.#socket.on('error', end);
    this.#socket.on('close', () => end(new Error('the database closed the connection without a word')));
  }
}
