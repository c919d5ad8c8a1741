/** What is known of a stream as it arrives (RFC 3550, appendix A.1, A.3 and A.8). */
export interface Reception {
  readonly clockRate: number;
  /** Sequence numbers are extended by the cycles they have made. */
  readonly base: number;
  highest: number;
  received: number;
  /** In units of the timestamp. */
  jitter: number;
  transit: number;
  priorExpected: number;
  priorReceived: number;
  /** The middle 32 bits of the last sender report's NTP time, 0 for none, and when it came, in milliseconds. */
  lastReport: number;
  lastReportAt: number;
  /** When the last packet came, in milliseconds. */
  heard: number;
}

/** A jump of more than this ahead is a stream that has begun anew, or nonsense; nobody loses a minute of packets. */
const MOST_DROPOUT = 3_000;

/** Begins with the first packet of a stream. */
export function begunReception(clockRate: number, sequence: number, timestamp: number, now: number): Reception {
  const transit = transitOf(clockRate, timestamp, now);
  return {
    ...{ clockRate, base: sequence, highest: sequence, received: 1, jitter: 0, transit },
    ...{ priorExpected: 0, priorReceived: 0, lastReport: 0, lastReportAt: 0, heard: now },
  };
}

/** Takes a packet into account; false when its number is so far ahead that the stream has to be begun anew. */
export function arrived(reception: Reception, sequence: number, timestamp: number, now: number): boolean {
  const ahead = (sequence - reception.highest) & 0xffff;
  if (ahead < 0x8000) {
    if (ahead > MOST_DROPOUT) return false;
    reception.highest += ahead;
  }
  reception.received += 1;
  reception.heard = now;
  const transit = transitOf(reception.clockRate, timestamp, now);
  // Both wrap at 32 bits.
  const distance = Math.abs((transit - reception.transit) | 0);
  reception.transit = transit;
  reception.jitter += (distance - reception.jitter) / 16;
  return true;
}

function transitOf(clockRate: number, timestamp: number, now: number): number {
  return (Math.round((now * clockRate) / 1_000) - timestamp) | 0;
}

/** A report block's content, with the loss since the block before. */
export interface ReceptionReport {
  readonly ssrc: number;
  /** 0..255, of 256. */
  readonly fraction: number;
  readonly lost: number;
  readonly highest: number;
  readonly jitter: number;
  readonly lastReport: number;
  /** In units of 1/65536 s. */
  readonly delay: number;
}

/** Draws up the block on a stream, and begins the next interval. */
export function reported(ssrc: number, reception: Reception, now: number): ReceptionReport {
  const { highest, base, received, priorExpected, priorReceived, jitter, lastReport, lastReportAt } = reception;
  const expected = highest - base + 1;
  const [expectedNow, receivedNow] = [expected - priorExpected, received - priorReceived];
  const lostNow = expectedNow - receivedNow;
  reception.priorExpected = expected;
  reception.priorReceived = received;
  return {
    ssrc,
    fraction: expectedNow <= 0 || lostNow <= 0 ? 0 : Math.min(255, Math.floor((lostNow * 256) / expectedNow)),
    lost: Math.max(-0x800000, Math.min(0x7fffff, expected - received)),
    highest: highest >>> 0,
    jitter: Math.round(jitter),
    lastReport,
    delay: lastReport === 0 ? 0 : Math.round(((now - lastReportAt) * 65_536) / 1_000),
  };
}
