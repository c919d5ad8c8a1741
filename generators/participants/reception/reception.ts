import { middleOf, shortOf } from '../packets/ntp.ts';
import type { ReportBlock, SenderReport } from '../packets/rtcp.ts';
import { Sequence } from './sequence.ts';

/** What was received of one stream since it was last asked. */
export interface Received {
  readonly packets: number;
  /** Signed: what comes late or twice makes up for what was missed before. */
  readonly lost: number;
  readonly bytes: number;
}

/** Statistics of one stream at its receiver (RFC 3550, 6.4.1 and appendix A). */
export class Reception {
  readonly ssrc: number;
  readonly #rate: number;
  readonly #sequence = new Sequence();
  #packets = 0;
  #bytes = 0;
  #jitter = 0;
  #arrival = 0;
  #timestamp: number | undefined;
  #told = { packets: 0, expected: 0, bytes: 0 };
  #reported = { packets: 0, expected: 0 };
  #sender: { readonly middle: number; readonly at: number } | undefined;

  /** `rate` is the stream's clock in ticks a second. */
  constructor(ssrc: number, rate: number) {
    this.ssrc = ssrc;
    this.#rate = rate;
  }

  /** Inter-arrival jitter in milliseconds. */
  get jitter(): number {
    return (this.#jitter / this.#rate) * 1_000;
  }

  /** Counts a packet that arrived at a moment in milliseconds, and gives its extended sequence number, where it has one. */
  received(sequence: number, timestamp: number, bytes: number, now: number): number | undefined {
    const extended = this.#sequence.extended(sequence);
    if (extended === undefined) return undefined;
    this.#packets += 1;
    this.#bytes += bytes;
    if (this.#timestamp !== undefined) {
      const ticks = (timestamp - this.#timestamp) | 0;
      const apart = ((now - this.#arrival) * this.#rate) / 1_000 - ticks;
      this.#jitter += (Math.abs(apart) - this.#jitter) / 16;
    }
    this.#arrival = now;
    this.#timestamp = timestamp;
    return extended;
  }

  heardFromSender({ at }: SenderReport, now: number): void {
    this.#sender = { middle: middleOf(at), at: now };
  }

  /** What came since this was last asked. */
  take(): Received {
    const { expected } = this.#sequence;
    const [packets, due] = [this.#packets - this.#told.packets, expected - this.#told.expected];
    const bytes = this.#bytes - this.#told.bytes;
    this.#told = { packets: this.#packets, expected, bytes: this.#bytes };
    return { packets, lost: due - packets, bytes };
  }

  /** What a receiver report says of the stream; undefined as long as nothing came. */
  block(now: number): ReportBlock | undefined {
    const { expected, highest } = this.#sequence;
    if (highest === undefined) return undefined;
    const due = expected - this.#reported.expected;
    const missed = due - (this.#packets - this.#reported.packets);
    this.#reported = { packets: this.#packets, expected };
    return {
      ssrc: this.ssrc,
      fractionLost: due > 0 && missed > 0 ? Math.min(255, Math.floor((missed * 256) / due)) : 0,
      lost: expected - this.#packets,
      highest: highest % 0x100000000,
      jitter: Math.floor(this.#jitter),
      lastReport: this.#sender?.middle ?? 0,
      delay: this.#sender ? shortOf(now - this.#sender.at) : 0,
    };
  }
}
