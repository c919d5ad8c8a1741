import type { RtpPacket } from '../packets/rtp.ts';
import { readVp8 } from '../packets/vp8.ts';
import { Frames } from '../reception/frames.ts';
import { Freezes } from '../reception/freezes.ts';
import { Reception } from '../reception/reception.ts';
import { Passage } from '../reception/skew.ts';
import { CODECS } from '../sending/performer.ts';

/** A voice as it comes in. */
export class IncomingAudio {
  readonly kind = 'audio';
  readonly reception: Reception;
  readonly passage = new Passage(CODECS.opus.rate);
  heard = 0;

  constructor(ssrc: number) {
    this.reception = new Reception(ssrc, CODECS.opus.rate);
  }

  /** Takes a packet in; false for one that is out of order by so much that it may be anything. */
  take(datagram: Buffer, { sequence, timestamp }: RtpPacket, now: number): boolean {
    this.heard = now;
    if (this.reception.received(sequence, timestamp, datagram.length, now) === undefined) return false;
    this.passage.arrived(timestamp, now);
    return true;
  }
}

/** Frames that stay away while the stream's clock goes on with ours, without a gap in the numbers, were never sent. */
const LEFT_OUT = 150;

/** A picture as it comes in. */
export class IncomingVideo {
  readonly kind = 'video';
  readonly reception: Reception;
  readonly passage = new Passage(CODECS.vp8.rate);
  readonly freezes = new Freezes();
  readonly #frames = new Frames();
  #shown: { readonly last: number; readonly timestamp: number } | undefined;
  heard = 0;

  constructor(ssrc: number) {
    this.reception = new Reception(ssrc, CODECS.vp8.rate);
  }

  /** Takes a packet in; false for one that is out of order by so much that it may be anything. */
  take(datagram: Buffer, { sequence, timestamp, marker, payload }: RtpPacket, now: number): boolean {
    this.heard = now;
    const extended = this.reception.received(sequence, timestamp, datagram.length, now);
    if (extended === undefined) return false;
    const begins = readVp8(datagram, payload.from, payload.to)?.startsFrame ?? false;
    const frame = this.#frames.take({ sequence: extended, timestamp, begins, ends: marker });
    if (!frame) return true;
    this.passage.arrived(timestamp, now);
    this.freezes.frame(now, this.#isIntended(frame.first, timestamp, now));
    this.#shown = { last: frame.last, timestamp };
    return true;
  }

  /** Whoever forwards pictures may stop and go on again: a step of quality, which is neither loss nor a freeze. */
  #isIntended(first: number, timestamp: number, now: number): boolean {
    const { last } = this.freezes;
    if (!this.#shown || last === undefined || first !== this.#shown.last + 1) return false;
    const captured = (((timestamp - this.#shown.timestamp) | 0) / CODECS.vp8.rate) * 1_000;
    return Math.abs(now - last - captured) < LEFT_OUT;
  }
}
