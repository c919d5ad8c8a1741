import type { HeardMessage, PeerMessage } from '../../../core/media.ts';
import type { ReportBlock } from '../packets/rtcp.ts';
import type { ConnectionParts } from './connection.ts';
import { type IncomingLines, Streams } from './incoming-lines.ts';
import { Receiver } from './receiver.ts';

/** Most a compound holds of blocks in one packet (RFC 3550, 6.4.1: five bits count them). */
const MOST_BLOCKS = 31;

/** One connection for everything, which the target offers anew whenever there is more, or less, to be received. */
export class OfferedLine implements IncomingLines {
  readonly heals = false;
  readonly streams = new Streams();
  readonly #receiver: Receiver;
  readonly #say: (message: PeerMessage) => void;
  #isOffered = false;

  constructor(parts: ConnectionParts, received: (datagram: Buffer) => void, say: (message: PeerMessage) => void) {
    this.#receiver = new Receiver(parts, received);
    this.#say = say;
  }

  get connections() {
    return this.#isOffered ? [this.#receiver.connection] : [];
  }

  get first() {
    return this.connections[0];
  }

  get isReady(): boolean {
    return !this.#isOffered || this.#receiver.connection.isConnected;
  }

  hear(message: HeardMessage, now: number): void {
    if (message.is === 'candidate') this.#receiver.connection.hear(message);
    if (message.is !== 'offer') return;
    this.#isOffered = true;
    const { id, sdp } = message;
    this.streams.learn(sdp);
    const answer = this.#receiver.offered(sdp, now);
    this.#say({ line: 'receiving', is: 'answer', sdp: answer, ...(id !== undefined && { id }) });
  }

  tend(): void {}

  report(blocks: readonly ReportBlock[], write: (blocks: readonly ReportBlock[]) => Buffer): void {
    for (let from = 0; from < blocks.length; from += MOST_BLOCKS)
      this.#receiver.report(write(blocks.slice(from, from + MOST_BLOCKS)));
  }

  close(): void {
    this.#receiver.connection.close();
  }
}
