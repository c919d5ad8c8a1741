import { Failure } from '../../../core/failure.ts';
import type { Entry, MediaFacts, PeerMessage } from '../../../core/media.ts';
import { Listener } from '../engine/listener.ts';
import type { Member, Welcome } from '../engine/member.ts';
import { kindOf } from '../packets/kind.ts';
import { type RtcpPacket, writeRtcp } from '../packets/rtcp.ts';
import type { Performer } from '../sending/performer.ts';
import type { ConnectionParts, Progress } from './connection.ts';
import { Receiver } from './receiver.ts';
import { Sender } from './sender.ts';

const REPORT_EVERY = 1_000;
/** Without a sign of the server for so long a seat is not held any more; it reports about once a second. */
const UNHEARD = 3_000;
/** Without media for so long a client joins anew. */
const LOST = 5_000;
/** Whoever has seen nothing for so long since they are in is in a meeting without pictures. Milliseconds. */
const SETTLED = 2_000;
/** Most a compound holds of blocks in one packet (RFC 3550, 6.4.1: five bits count them). */
const MOST_BLOCKS = 31;

export interface PeerParts extends Omit<Welcome, 'performer'>, Omit<ConnectionParts, 'line' | 'now'> {
  readonly performer: Performer;
  /** They have left. */
  readonly gone: () => void;
}

/** A participant of WebRTC: offers to send, answers to what is offered, and measures as any other participant. */
export class Peer implements Member {
  readonly attendee: PeerParts['attendee'];
  boundAt: number | undefined;
  readonly #parts: PeerParts;
  readonly #began: number;
  readonly #sender: Sender;
  readonly #receiver: Receiver;
  readonly #listener: Listener;
  #receives = false;
  #reportAt = 0;
  #reported: number | undefined;
  #firstPacket: number | undefined;
  #bytesSent = 0;
  #inAt = 0;
  #settled = false;
  #state: 'asking' | 'in' | 'over' = 'asking';

  constructor(parts: PeerParts) {
    const { performer, attendee, now, say } = parts;
    this.attendee = attendee;
    this.#parts = parts;
    this.#began = now();
    const own = new Set([performer.audio.ssrc, ...(performer.video ? [performer.video.ssrc] : [])]);
    this.#sender = new Sender({ ...parts, line: 'sending' }, performer, this.#cname, (datagram) =>
      this.#heard(datagram),
    );
    this.#receiver = new Receiver({ ...parts, line: 'receiving' }, (datagram) => this.#heard(datagram));
    this.#listener = new Listener(own, this.#receiver.partners, this.#receiver.payloads);
    say({ line: 'sending', is: 'offer', sdp: this.#sender.connection.describe('offer') });
  }

  /** How far they came, and when. */
  get #entry(): Entry {
    const lines = [this.#sender.connection, ...(this.#receives ? [this.#receiver.connection] : [])];
    const joining = this.attendee.joining ?? 0;
    const since = (at: number | undefined) => (at === undefined ? undefined : joining + at - this.#began);
    const last = (of: keyof Progress) => {
      const times = lines.map(({ progress }) => progress[of]);
      return times.every((time) => time !== undefined) ? since(Math.max(...times)) : undefined;
    };
    const all = {
      ...{ signalling: this.attendee.joining, description: last('described'), ice: last('ice'), dtls: last('dtls') },
      ...{ packet: since(this.#firstPacket), frame: since(this.#listener.framed) },
    };
    return Object.fromEntries(Object.entries(all).filter(([, time]) => time !== undefined));
  }

  /** The target says something by its signalling. */
  hear(message: PeerMessage): void {
    if (this.#state === 'over') return;
    try {
      this.#take(message);
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown;
      const { kind, message: says } = thrown;
      this.#over(this.#state === 'in' ? { is: 'lost', says } : { is: 'refused', kind, says });
    }
  }

  #take(message: PeerMessage): void {
    const { now, say } = this.#parts;
    const { connection } = message.line === 'sending' ? this.#sender : this.#receiver;
    if (message.is === 'candidate') connection.hear(message);
    else if (message.is === 'answer') {
      connection.described('answer', message.sdp);
      connection.open(now());
    } else {
      this.#receives = true;
      const { id } = message;
      const sdp = this.#receiver.offered(message.sdp, now());
      say({ line: 'receiving', is: 'answer', sdp, ...(id !== undefined && { id }) });
    }
  }

  sound(due: number): void {
    if (this.boundAt === undefined || this.#state === 'over') return;
    const datagram = this.#parts.performer.sound(due, this.#parts.now());
    this.#bytesSent += datagram.length;
    this.#sender.sound(datagram);
  }

  picture(due: number): void {
    if (this.boundAt === undefined || this.#state === 'over') return;
    for (const datagram of this.#parts.performer.picture(due, this.#parts.now())) {
      this.#bytesSent += datagram.length;
      this.#sender.picture(datagram);
    }
  }

  tend(now: number): void {
    if (this.#state === 'over') return;
    const { company, turn } = this.#parts;
    if (this.#brokeDown()) return;
    if (this.boundAt === undefined) {
      const bound = this.#sender.isOpen && (!this.#receives || this.#receiver.connection.isConnected);
      if (!bound) return;
      this.boundAt = now;
    }
    if (now >= this.#reportAt) this.#report(now);
    const { heard } = this.#listener;
    const accompanied = company(now);
    if (this.#state === 'asking') {
      if (heard === undefined && accompanied) return;
      this.#state = 'in';
      this.#inAt = now;
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
    this.#sender.connection.close();
    this.#receiver.connection.close();
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
    this.#firstPacket ??= now;
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
    const lines = [this.#sender, this.#receiver].map(({ connection }) => connection);
    const wasIn = this.#state === 'in';
    const trouble = lines.find((line) => line.trouble !== undefined)?.trouble;
    if (trouble !== undefined) {
      this.#over({ is: 'exhausted', says: trouble });
      return true;
    }
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
    const chunks = [audio, ...(video ? [video] : [])].map(({ ssrc }) => ({ ssrc, cname: this.#cname }));
    const sent: RtcpPacket[] = [audio.report(now), ...(video ? [video.report(now)] : [])];
    this.#sender.sound(writeRtcp([...sent, { kind: 'description', chunks }]));
    const blocks = this.#listener.blocks(now);
    while (blocks.length > 0) {
      const some = { kind: 'receiver-report', ssrc: audio.ssrc, blocks: blocks.splice(0, MOST_BLOCKS) } as const;
      this.#receiver.report(writeRtcp([some]));
    }
  }
}
