import type { Asks, HeardMessage, PeerMessage } from '../../../core/media.ts';
import { kindOf } from '../packets/kind.ts';
import type { ReportBlock } from '../packets/rtcp.ts';
import type { Connection, ConnectionParts } from './connection.ts';
import { type IncomingLines, Streams } from './incoming-lines.ts';
import { offered, trickled } from './own-candidates.ts';
import { Receiver } from './receiver.ts';

/** A connection that has ended is asked for again no sooner, in milliseconds. */
const ASKED_AGAIN_AFTER = 1_000;

type Description = Extract<PeerMessage, { readonly sdp: string }>;

interface Wanted {
  receiver: Receiver;
  /** What came by it. */
  readonly ssrcs: Set<number>;
  is: 'asked' | 'nothing' | 'described';
  askedAt: number;
}

/** A connection for each thing that somebody wants to receive, all of which they offer. */
export class AskedLines implements IncomingLines {
  readonly heals = true;
  readonly streams = new Streams();
  readonly #parts: ConnectionParts;
  readonly #received: (datagram: Buffer) => void;
  readonly #say: (message: PeerMessage) => void;
  readonly #asks: Asks;
  readonly #wanted: readonly Wanted[];

  constructor(
    parts: ConnectionParts,
    asks: Asks,
    received: (datagram: Buffer) => void,
    say: (message: PeerMessage) => void,
  ) {
    this.#parts = parts;
    this.#asks = asks;
    this.#received = received;
    this.#say = say;
    this.#wanted = Array.from({ length: asks.receives }, (_, id) => {
      const ssrcs = new Set<number>();
      const one: Wanted = { receiver: this.#receiver(ssrcs), ssrcs, is: 'asked', askedAt: parts.now() };
      this.#ask(one, id);
      return one;
    });
  }

  get connections() {
    return this.#wanted.flatMap(({ is, receiver }) => (is === 'described' ? [receiver.connection] : []));
  }

  get first() {
    const there = ({ progress }: Connection) => progress.dtls ?? Number.POSITIVE_INFINITY;
    return this.connections.toSorted((a, b) => there(a) - there(b))[0];
  }

  get isReady(): boolean {
    return this.#wanted.every(({ is, receiver }) => is === 'nothing' || receiver.connection.isConnected);
  }

  hear(message: HeardMessage, now: number): void {
    const one = this.#wanted[message.id ?? -1];
    if (!one) return;
    if (message.is === 'nothing') one.is = 'nothing';
    else if (message.is === 'candidate') one.receiver.connection.hear(message);
    else if (message.is === 'answer') this.#answered(one, message, now);
    else this.#countered(one, message, now);
  }

  tend(now: number): void {
    for (const [id, one] of this.#wanted.entries()) {
      if (!one.receiver.connection.isOver || now - one.askedAt < ASKED_AGAIN_AFTER) continue;
      this.#renew(one);
      one.is = 'asked';
      one.askedAt = now;
      this.#ask(one, id);
    }
  }

  report(blocks: readonly ReportBlock[], write: (blocks: readonly ReportBlock[]) => Buffer): void {
    for (const { receiver, ssrcs } of this.#wanted) {
      const own = blocks.filter(({ ssrc }) => ssrcs.has(ssrc));
      if (own.length > 0) receiver.report(write(own));
    }
  }

  close(): void {
    for (const { receiver } of this.#wanted) receiver.connection.close();
  }

  #receiver(ssrcs: Set<number>): Receiver {
    return new Receiver(this.#parts, (datagram) => {
      if (kindOf(datagram) === 'rtp') ssrcs.add(datagram.readUInt32BE(8));
      this.#received(datagram);
    });
  }

  #renew(one: Wanted): void {
    one.receiver.connection.close();
    one.ssrcs.clear();
    one.receiver = this.#receiver(one.ssrcs);
  }

  #ask({ receiver }: Wanted, id: number): void {
    const sdp = receiver.offer();
    offered({ line: 'receiving', id, sdp }, receiver.connection, this.#asks, this.#say);
  }

  #answered(one: Wanted, { sdp, id }: Description, now: number): void {
    const { connection } = one.receiver;
    this.streams.learn(sdp);
    connection.described('answer', sdp);
    connection.open(now);
    one.is = 'described';
    trickled({ line: 'receiving', ...(id !== undefined && { id }) }, connection, this.#asks, this.#say);
  }

  /** The target offers something else instead: the offer that was made cannot be taken back on the same connection. */
  #countered(one: Wanted, { sdp, id }: Description, now: number): void {
    this.#renew(one);
    this.streams.learn(sdp);
    const answer = one.receiver.offered(sdp, now);
    one.is = 'described';
    this.#say({ line: 'receiving', is: 'answer', sdp: answer, ...(id !== undefined && { id }) });
  }
}
