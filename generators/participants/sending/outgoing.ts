import { EXTENSION_BYTES, writeExtensions } from '../packets/extensions.ts';
import { ntpOf } from '../packets/ntp.ts';
import type { RtcpPacket } from '../packets/rtcp.ts';
import { writeRtpHeader } from '../packets/rtp.ts';
import type { Loudness } from './talk.ts';

/** Bytes before the payload: the fixed header, that of the extension, and both extensions. */
const HEADER = 12 + 4 + EXTENSION_BYTES;

/** A stream as its sender keeps count of it. */
export class Outgoing {
  readonly ssrc: number;
  readonly #payloadType: number;
  readonly #rate: number;
  readonly #offset: number;
  #sequence: number;
  #packets = 0;
  #octets = 0;

  /** `drawn` gives numbers in [0, 1): sequence numbers and timestamps begin anywhere (RFC 3550, 5.1). */
  constructor(ssrc: number, payloadType: number, rate: number, drawn: () => number) {
    this.ssrc = ssrc;
    this.#payloadType = payloadType;
    this.#rate = rate;
    this.#sequence = Math.floor(drawn() * 0x10000);
    this.#offset = Math.floor(drawn() * 0x100000000);
  }

  /** A packet captured at one moment and sent at another, with room for its payload; gives where that begins. */
  packet(
    size: number,
    { captured, now, marker, loudness }: { captured: number; now: number; marker: boolean; loudness: Loudness },
  ): { readonly datagram: Buffer; readonly at: number } {
    const datagram = Buffer.allocUnsafe(HEADER + size);
    const at = writeRtpHeader(datagram, {
      marker,
      payloadType: this.#payloadType,
      sequence: this.#sequence,
      timestamp: this.#timestampAt(captured),
      ssrc: this.ssrc,
      extensionBytes: EXTENSION_BYTES,
    });
    writeExtensions(datagram, at, loudness.level, loudness.voice, now);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#packets += 1;
    this.#octets += size;
    return { datagram, at: HEADER };
  }

  /** What is reported of the stream to whoever receives it (RFC 3550, 6.4.1). */
  report(now: number): RtcpPacket & { kind: 'sender-report' } {
    return {
      kind: 'sender-report',
      ssrc: this.ssrc,
      at: ntpOf(now),
      timestamp: this.#timestampAt(now),
      packets: this.#packets,
      octets: this.#octets,
      blocks: [],
    };
  }

  /** The stream's clock at a moment in milliseconds. */
  #timestampAt(ms: number): number {
    return (this.#offset + Math.round((ms * this.#rate) / 1_000)) % 0x100000000;
  }
}
