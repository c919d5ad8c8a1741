import WebSocket from 'ws';

/** One person's end of a meeting's signalling. */
export class SignalLine {
  readonly #socket: WebSocket;
  readonly #messages: Record<string, unknown>[] = [];
  readonly #closed: Promise<number>;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#messages.push(JSON.parse(String(data))));
    socket.on('error', () => undefined);
    this.#closed = new Promise((resolve) => {
      socket.on('close', resolve);
    });
  }

  /** Opens a line; rejects when the server refuses the upgrade. */
  static open(url: string, token?: string): Promise<SignalLine> {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers });
    const line = new SignalLine(socket);
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve(line));
      socket.on('error', reject);
    });
  }

  send(message: unknown): void {
    this.#socket.send(typeof message === 'string' || message instanceof Buffer ? message : JSON.stringify(message));
  }

  /** The next message, in order of arrival. */
  async next(): Promise<Record<string, unknown>> {
    const deadline = performance.now() + 60_000;
    while (this.#messages.length === 0 && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const message = this.#messages.shift();
    if (!message) throw new Error('no message came');
    return message;
  }

  /** Resolves with the close code. */
  closed(): Promise<number> {
    return this.#closed;
  }

  /** Breaks the connection as a crash would: nothing is said. */
  break(): void {
    this.#socket.terminate();
  }

  close(): void {
    this.#socket.close();
  }
}
