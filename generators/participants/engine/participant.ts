import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:dgram';
import type { MediaFacts, RtpSeat } from '../../../core/media.ts';
import { kindOf } from '../packets/kind.ts';
import { type RtcpPacket, writeRtcp } from '../packets/rtcp.ts';
import { readStun, type StunMessage, writeStun } from '../packets/stun.ts';
import type { Performer } from '../sending/performer.ts';
import { Listener } from './listener.ts';
import type { Member, Welcome } from './member.ts';
import { onDatagram } from './socket.ts';

/** A binding is asked for again so soon while nobody has answered, and kept alive so often afterwards. */
const ASK_AGAIN = 500;
const KEEP_ALIVE = 2_000;
const REPORT_EVERY = 1_000;
/** Without a sign of the server for so long a seat is not held any more: a keep-alive, and then some. */
const UNHEARD = 3_000;
/** Without media for so long a client joins anew. */
const LOST = 5_000;
/** So much of what a server says for a reason is passed on. */
const LONGEST_REASON = 80;
/** Most a compound holds of blocks in one packet (RFC 3550, 6.4.1: five bits count them). */
const MOST_BLOCKS = 31;

export interface ParticipantParts extends Omit<Welcome, 'performer'> {
  readonly seat: RtpSeat;
  /** Connected to the seat's server. */
  readonly socket: Socket;
  readonly performer: Performer;
  /** Which voice belongs to a picture, of everybody who is in. */
  readonly partners: Map<number, number>;
}

/** One participant: takes the seat, sends, listens, reports, and notices when nothing comes any more. */
export class Participant implements Member {
  readonly attendee: ParticipantParts['attendee'];
  boundAt: number | undefined;
  readonly #parts: ParticipantParts;
  readonly #listener: Listener;
  #asked: { readonly transaction: Buffer; readonly at: number } | undefined;
  #askAt: number;
  #reportAt = 0;
  #answered: number | undefined;
  #roundTrip: number | undefined;
  #bytesSent = 0;
  #state: 'asking' | 'in' | 'over' = 'asking';

  constructor(parts: ParticipantParts) {
    const { seat, socket, now, attendee } = parts;
    this.attendee = attendee;
    this.#parts = parts;
    this.#listener = new Listener(new Set([seat.audio, seat.video]), parts.partners);
    this.#askAt = now();
    parts.partners.set(seat.video, seat.audio);
    onDatagram(socket, (datagram) => this.#receive(datagram));
  }

  sound(due: number): void {
    if (this.boundAt !== undefined) this.#send(this.#parts.performer.sound(due, this.#parts.now()));
  }

  picture(due: number): void {
    if (this.boundAt === undefined) return;
    for (const datagram of this.#parts.performer.picture(due, this.#parts.now())) this.#send(datagram);
  }

  tend(now: number): void {
    if (this.#state === 'over') return;
    if (now >= this.#askAt) this.#ask(now);
    if (this.boundAt === undefined) return;
    if (now >= this.#reportAt) this.#report(now);
    const { company, turn } = this.#parts;
    const { heard } = this.#listener;
    const accompanied = company(now);
    if (this.#state === 'asking') {
      if (heard === undefined && accompanied) return;
      this.#state = 'in';
      turn({ is: 'in' });
    }
    const since = accompanied ? (heard ?? this.boundAt) : Math.max(heard ?? 0, this.#answered ?? this.boundAt);
    if (now - since < LOST) return;
    this.#state = 'over';
    turn({ is: 'lost', says: `no media for ${LOST / 1_000} s` });
  }

  take(now: number, from: number): MediaFacts {
    const last = Math.max(this.#answered ?? 0, this.#listener.heard ?? 0);
    const wasIn = this.boundAt !== undefined && this.boundAt <= from;
    const facts = this.#listener.take({
      ...{ now, roundTrip: this.#roundTrip, bytesSent: this.#bytesSent },
      seated: wasIn && now - last < UNHEARD,
      expected: wasIn && this.#parts.company(from),
    });
    this.#bytesSent = 0;
    return facts;
  }

  leave(): void {
    const { socket, seat, partners } = this.#parts;
    partners.delete(seat.video);
    if (this.boundAt !== undefined) {
      const ssrcs = [seat.audio, seat.video];
      this.#send(
        writeRtcp([
          { kind: 'receiver-report', ssrc: seat.audio, blocks: [] },
          { kind: 'bye', ssrcs },
        ]),
      );
    }
    this.#state = 'over';
    socket.close();
  }

  /** The server's machine says that nobody listens there. */
  refused(): void {
    if (this.boundAt !== undefined || this.#state === 'over') return;
    this.#state = 'over';
    this.#parts.turn({ is: 'refused', kind: 'refused', says: 'nobody listens where the media server was said to be' });
  }

  #receive(datagram: Buffer): void {
    const now = this.#parts.now();
    const kind = kindOf(datagram);
    if (kind === 'rtp') this.#listener.rtp(datagram, now);
    else if (kind === 'rtcp') this.#listener.rtcp(datagram, now);
    else {
      const message = kind === 'stun' ? readStun(datagram) : undefined;
      if (message) this.#answer(message, now);
      else this.#listener.discard();
    }
  }

  #answer(message: StunMessage, now: number): void {
    const asked = this.#asked;
    if (message.kind === 'request' || !asked?.transaction.equals(message.transaction)) return;
    this.#asked = undefined;
    if (message.kind === 'success') {
      this.#roundTrip = now - asked.at;
      this.#answered = now;
      this.boundAt ??= now;
      this.#askAt = asked.at + KEEP_ALIVE;
      return;
    }
    if (this.#state === 'over') return;
    const says = `the media server answered ${message.code} ${legible(message.reason)}`.trim();
    const wasIn = this.#state === 'in';
    this.#state = 'over';
    const kind = message.code === 401 ? 'denied' : message.code === 486 || message.code === 508 ? 'shed' : 'protocol';
    this.#parts.turn(wasIn ? { is: 'lost', says } : { is: 'refused', kind, says });
  }

  #ask(now: number): void {
    const { seat } = this.#parts;
    const transaction = randomBytes(12);
    this.#asked = { transaction, at: now };
    this.#askAt = now + (this.boundAt === undefined ? ASK_AGAIN : KEEP_ALIVE);
    this.#send(writeStun({ kind: 'request', transaction, username: seat.key }));
  }

  #report(now: number): void {
    const { performer, seat, attendee } = this.#parts;
    this.#reportAt = now + REPORT_EVERY;
    const { audio, video } = performer;
    const blocks = this.#listener.blocks(now);
    const cname = `participant-${attendee.who}`;
    const packets: RtcpPacket[] = [{ ...audio.report(now), blocks: blocks.splice(0, MOST_BLOCKS) }];
    if (video) packets.push(video.report(now));
    while (blocks.length > 0)
      packets.push({ kind: 'receiver-report', ssrc: seat.audio, blocks: blocks.splice(0, MOST_BLOCKS) });
    const chunks = [audio, ...(video ? [video] : [])].map(({ ssrc }) => ({ ssrc, cname }));
    this.#send(writeRtcp([...packets, { kind: 'description', chunks }]));
  }

  #send(datagram: Buffer): void {
    if (this.#state === 'over') return;
    this.#bytesSent += datagram.length;
    this.#parts.socket.send(datagram);
  }
}

/** What a target says is passed on to terminals and pages. */
function legible(reason: string): string {
  return reason.slice(0, LONGEST_REASON).replace(/[^ -~]/g, '?');
}
