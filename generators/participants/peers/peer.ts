import { Failure } from '../../../core/failure.ts';
import type { Asks, Entry, HeardMessage, MediaFacts } from '../../../core/media.ts';
import { Listener } from '../engine/listener.ts';
import type { Member, Welcome } from '../engine/member.ts';
import { kindOf } from '../packets/kind.ts';
import { type RtcpPacket, writeRtcp } from '../packets/rtcp.ts';
import type { Performer } from '../sending/performer.ts';
import { AskedLines } from './asked-lines.ts';
import type { ConnectionParts, Progress } from './connection.ts';
import type { IncomingLines } from './incoming-lines.ts';
import { OfferedLine } from './offered-line.ts';
import { offered, trickled } from './own-candidates.ts';
import { HEAD_START } from './receiver.ts';
import { Sender } from './sender.ts';

const REPORT_EVERY = 1_000;
/** Without a sign of the server for so long a seat is not held any more; it reports about once a second. */
const UNHEARD = 3_000;
/** Without media for so long a client joins anew. */
const LOST = 5_000;
/** Whoever has seen nothing for so long since they are in is in a meeting without pictures. Milliseconds. */
const SETTLED = 2_000;

export interface PeerParts extends Omit<Welcome, 'performer'>, Omit<ConnectionParts, 'line' | 'now'> {
  readonly performer: Performer;
  /** When they were given the seat. */
  readonly began: number;
  /** What they offer; without it they send, and the target offers what can be received. */
  readonly asks?: Asks;
  /** They have left. */
  readonly gone: () => void;
}

/** A participant of WebRTC: sends, receives what is offered or asked for, and measures as any other participant. */
export class Peer implements Member {
  readonly attendee: PeerParts['attendee'];
  readonly speaks: boolean;
  boundAt: number | undefined;
  readonly #parts: PeerParts;
  readonly #awayBefore: number;
  /** How long the loop had been away when the first packet came, or when they were in where there is nobody to hear. */
  #away: number | undefined;
  readonly #sender: Sender | undefined;
  readonly #lines: IncomingLines;
  readonly #listener: Listener;
  #reportAt = 0;
  #reported: number | undefined;
  #firstPacket: number | undefined;
  #bytesSent = 0;
  #inAt = 0;
  #settled = false;
  #state: 'asking' | 'in' | 'over' = 'asking';

  constructor(parts: PeerParts) {
    const { performer, attendee, away, say } = parts;
    this.attendee = attendee;
    this.#parts = parts;
    this.#awayBefore = away() - (parts.now() - parts.began);
    const own = new Set([performer.audio.ssrc, ...(performer.video ? [performer.video.ssrc] : [])]);
    const { asks } = parts;
    const receiving = { ...parts, line: 'receiving' } as const;
    const heard = (datagram: Buffer) => this.#heard(datagram);
    this.speaks = asks?.sends ?? !attendee.audience;
    this.#lines = asks ? new AskedLines(receiving, asks, heard, say) : new OfferedLine(receiving, heard, say);
    this.#listener = new Listener(own, this.#lines.streams.partners, this.#lines.streams.payloads);
    if (!this.speaks) return;
    const sending = { ...parts, line: 'sending', isMixed: asks?.isMixed ?? false } as const;
    this.#sender = new Sender(sending, performer, this.#cname, heard);
    const sdp = this.#sender.connection.describe('offer');
    if (asks) offered({ line: 'sending', sdp }, this.#sender.connection, asks, say);
    else say({ line: 'sending', is: 'offer', sdp });
  }

  /** How far they came, and when. */
  get #entry(): Entry {
    const { first } = this.#lines;
    const lines = [...(this.#sender ? [this.#sender.connection] : []), ...(first ? [first] : [])];
    const joining = this.attendee.joining ?? 0;
    const since = (at: number | undefined) => (at === undefined ? undefined : joining + at - this.#parts.began);
    const last = (of: keyof Progress) => {
      const times = lines.map(({ progress }) => progress[of]);
      const isKnown = times.length > 0 && times.every((time) => time !== undefined);
      return isKnown ? since(Math.max(...times)) : undefined;
    };
    const all = {
      ...{ auth: this.attendee.accepted, signalling: this.attendee.joining, description: last('described') },
      ...{
        ice: last('ice'),
        dtls: last('dtls'),
        packet: since(this.#firstPacket),
        frame: since(this.#listener.framed),
      },
    };
    // What comes by one connection may be there before another one is.
    let least = 0;
    const known = Object.entries(all).flatMap(([phase, time]) => (time === undefined ? [] : [[phase, time] as const]));
    const entry = Object.fromEntries(
      known.map(([phase, time]) => {
        least = Math.max(least, time);
        return [phase, least];
      }),
    );
    return { ...entry, own: this.#ownDelay };
  }

  /** What may have been the generator's of the time until the first packet, at most. */
  get #ownDelay(): number {
    return (this.#away ?? this.#parts.away()) - this.#awayBefore + (this.#lines.first ? HEAD_START : 0);
  }

  /** The target says something by its signalling. */
  hear(message: HeardMessage): void {
    if (this.#state === 'over') return;
    try {
      if (message.line === 'receiving') this.#lines.hear(message, this.#parts.now());
      else this.#heardOfSending(message);
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown;
      const { kind, message: says } = thrown;
      this.#over(this.#state === 'in' ? { is: 'lost', says } : { is: 'refused', kind, says });
    }
  }

  #heardOfSending(message: HeardMessage): void {
    const { asks, say, now } = this.#parts;
    const connection = this.#sender?.connection;
    if (message.is === 'candidate') connection?.hear(message);
    if (message.is !== 'answer' || !connection) return;
    if (asks?.isMixed) this.#lines.streams.learn(message.sdp);
    if (!connection.hears) return;
    connection.described('answer', message.sdp);
    connection.open(now());
    if (asks) trickled({ line: 'sending' }, connection, asks, say);
  }

  sound(due: number): void {
    if (!this.#sender || this.boundAt === undefined || this.#state === 'over') return;
    const datagram = this.#parts.performer.sound(due, this.#parts.now());
    this.#bytesSent += datagram.length;
    this.#sender.sound(datagram);
  }

  picture(due: number): void {
    if (!this.#sender || this.boundAt === undefined || this.#state === 'over') return;
    for (const datagram of this.#parts.performer.picture(due, this.#parts.now())) {
      this.#bytesSent += datagram.length;
      this.#sender.picture(datagram);
    }
  }

  tend(now: number): void {
    if (this.#state === 'over') return;
    const { company, turn } = this.#parts;
    if (this.#state === 'in') this.#lines.tend(now);
    if (this.#brokeDown()) return;
    if (this.boundAt === undefined) {
      // Who only looks on has nothing before there is something to be received.
      const isOpen = this.#sender?.isOpen ?? (this.#parts.asks !== undefined || this.#lines.first !== undefined);
      if (!isOpen || !this.#lines.isReady) return;
      this.boundAt = now;
    }
    if (now >= this.#reportAt) this.#report(now);
    const { heard } = this.#listener;
    const accompanied = company(now);
    if (this.#state === 'asking') {
      if (heard === undefined && accompanied) return;
      this.#state = 'in';
      this.#inAt = now;
      this.#away ??= this.#parts.away();
      turn({ is: 'in' });
    }
    this.#settle(now);
    const since = accompanied ? (heard ?? this.boundAt) : Math.max(heard ?? 0, this.#reported ?? this.boundAt);
    if (now - since < LOST) return;
    this.#over({ is: 'lost', says: `no media for ${LOST / 1_000} s` });
  }

  take(now: number, from: number): MediaFacts {
    const last = Math.max(this.#reported ?? 0, this.#listener.heard ?? 0);
    const wasIn = this.boundAt !== undefined && this.boundAt <= from;
    const facts = this.#listener.take({
      ...{ now, bytesSent: this.#bytesSent, roundTrip: undefined },
      seated: wasIn && this.#state !== 'over' && now - last < UNHEARD,
      expected: wasIn && this.#parts.company(from),
    });
    this.#bytesSent = 0;
    return facts;
  }

  leave(): void {
    this.#state = 'over';
    this.#sender?.connection.close();
    this.#lines.close();
    this.#parts.gone();
  }

  get #cname(): string {
    return `participant-${this.attendee.who}`;
  }

  #heard(datagram: Buffer): void {
    const now = this.#parts.now();
    if (kindOf(datagram) === 'rtcp') {
      this.#reported = now;
      this.#listener.rtcp(datagram, now);
      return;
    }
    if (this.#firstPacket === undefined) {
      this.#firstPacket = now;
      this.#away ??= this.#parts.away();
    }
    this.#listener.rtp(datagram, now);
  }

  /** Tells once how they came in: when they see somebody, or when there is nobody to be seen. */
  #settle(now: number): void {
    if (this.#settled || (this.#listener.framed === undefined && now - this.#inAt < SETTLED)) return;
    this.#settled = true;
    this.#parts.turn({ is: 'settled', entry: this.#entry });
  }

  /** Whether a connection has failed, or can only be made with somebody media must not go to. */
  #brokeDown(): boolean {
    const wasIn = this.#state === 'in';
    const own = this.#sender ? [this.#sender.connection] : [];
    const trouble = [...own, ...this.#lines.connections].find((line) => line.trouble !== undefined)?.trouble;
    if (trouble !== undefined) {
      this.#over({ is: 'exhausted', says: trouble });
      return true;
    }
    const lines = [...own, ...(wasIn && this.#lines.heals ? [] : this.#lines.connections)];
    if (!wasIn && lines.some(({ isUnreachable }) => isUnreachable)) {
      const says = 'the target offers media only at addresses that are not among the hosts of its declaration';
      this.#over({ is: 'refused', kind: 'unreachable', says });
      return true;
    }
    if (!lines.some(({ isOver }) => isOver)) return false;
    const says = 'the peer connection has failed';
    this.#over(wasIn ? { is: 'lost', says } : { is: 'refused', kind: 'unreachable', says });
    return true;
  }

  #over(turn: Parameters<PeerParts['turn']>[0]): void {
    this.#state = 'over';
    this.#parts.turn(turn);
  }

  #report(now: number): void {
    this.#reportAt = now + REPORT_EVERY;
    const { audio, video } = this.#parts.performer;
    const cname = this.#cname;
    const chunks = [audio, ...(video ? [video] : [])].map(({ ssrc }) => ({ ssrc, cname }));
    const sent: RtcpPacket[] = [audio.report(now), ...(video ? [video.report(now)] : [])];
    this.#sender?.sound(writeRtcp([...sent, { kind: 'description', chunks }]));
    this.#lines.report(this.#listener.blocks(now), (blocks) =>
      writeRtcp([{ kind: 'receiver-report', ssrc: audio.ssrc, blocks: [...blocks] }]),
    );
  }
}
