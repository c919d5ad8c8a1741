import type { ReceptionReport } from './reception.ts';

/** One packet of a compound RTCP packet (RFC 3550, section 6): where it is in the datagram. */
export interface RtcpPacket {
  readonly type: number;
  /** The count in its header: of report blocks, or of sources. */
  readonly count: number;
  readonly from: number;
  readonly to: number;
}

export const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const DESCRIPTION = 202;
export const GOODBYE = 203;

const BLOCK = 24;
const SENDER_REPORT_HEAD = 28;
const RECEIVER_REPORT_HEAD = 8;

/** Takes a compound packet apart; undefined when any of it is broken. */
export function rtcpPackets(datagram: Buffer): readonly RtcpPacket[] | undefined {
  const packets: RtcpPacket[] = [];
  for (let from = 0; from < datagram.length; ) {
    if (from + 4 > datagram.length) return undefined;
    const [first = 0, type = 0] = datagram.subarray(from, from + 2);
    const to = from + 4 + 4 * datagram.readUInt16BE(from + 2);
    if (first >>> 6 !== 2 || to > datagram.length) return undefined;
    const packet = { type, count: first & 0x1f, from, to };
    if (to - from < leastOf(packet)) return undefined;
    packets.push(packet);
    from = to;
  }
  return packets;
}

function leastOf({ type, count }: RtcpPacket): number {
  if (type === SENDER_REPORT) return SENDER_REPORT_HEAD + BLOCK * count;
  if (type === RECEIVER_REPORT) return RECEIVER_REPORT_HEAD + BLOCK * count;
  return type === GOODBYE ? 4 + 4 * count : 4;
}

/** What a report block tells of a stream. */
export interface ReportBlock {
  readonly ssrc: number;
  /** What was lost since the one before, 0..1. */
  readonly share: number;
  /** The middle of the NTP timestamp of the sender's report that is answered, 0 for none, and how long ago that came, in milliseconds. */
  readonly lastReport: number;
  readonly delay: number;
}

/** The report blocks of a packet. */
export function* blocksIn(datagram: Buffer, { type, count, from }: RtcpPacket): Generator<ReportBlock> {
  if (type !== SENDER_REPORT && type !== RECEIVER_REPORT) return;
  const first = from + (type === SENDER_REPORT ? SENDER_REPORT_HEAD : RECEIVER_REPORT_HEAD);
  for (let at = first; at < first + BLOCK * count; at += BLOCK)
    yield {
      ssrc: datagram.readUInt32BE(at),
      share: datagram.readUInt8(at + 4) / 256,
      lastReport: datagram.readUInt32BE(at + 16),
      delay: (datagram.readUInt32BE(at + 20) * 1_000) / 65_536,
    };
}

/** A sender report without the blocks in it, which are not for those it is passed on to. */
export function senderReportAlone(datagram: Buffer, { from }: RtcpPacket): Buffer {
  const alone = Buffer.from(datagram.subarray(from, from + SENDER_REPORT_HEAD));
  alone.writeUInt8(0x80, 0);
  alone.writeUInt16BE(SENDER_REPORT_HEAD / 4 - 1, 2);
  return alone;
}

/** A receiver report of our own, with the description that belongs to it. */
export function receiverReport(ssrc: number, reports: readonly ReceptionReport[], description: Buffer): Buffer {
  const packet = Buffer.alloc(RECEIVER_REPORT_HEAD + BLOCK * reports.length + description.length);
  head(packet, RECEIVER_REPORT, reports.length, RECEIVER_REPORT_HEAD + BLOCK * reports.length);
  packet.writeUInt32BE(ssrc, 4);
  let at = RECEIVER_REPORT_HEAD;
  for (const report of reports) {
    packet.writeUInt32BE(report.ssrc, at);
    packet.writeUInt8(report.fraction, at + 4);
    packet.writeIntBE(report.lost, at + 5, 3);
    packet.writeUInt32BE(report.highest, at + 8);
    packet.writeUInt32BE(report.jitter, at + 12);
    packet.writeUInt32BE(report.lastReport, at + 16);
    packet.writeUInt32BE(report.delay >>> 0, at + 20);
    at += BLOCK;
  }
  description.copy(packet, at);
  return packet;
}

/** The description of a source by its canonical name (SDES with CNAME). */
export function description(ssrc: number, name: string): Buffer {
  const text = Buffer.from(name);
  const length = 4 * Math.ceil((8 + 2 + text.length + 1) / 4);
  const packet = Buffer.alloc(length);
  head(packet, DESCRIPTION, 1, length);
  packet.writeUInt32BE(ssrc, 4);
  packet.writeUInt8(1, 8);
  packet.writeUInt8(text.length, 9);
  text.copy(packet, 10);
  return packet;
}

/** The goodbye of sources. */
export function goodbye(sources: readonly number[]): Buffer {
  const packet = Buffer.alloc(4 + 4 * sources.length);
  head(packet, GOODBYE, sources.length, packet.length);
  for (const [index, source] of sources.entries()) packet.writeUInt32BE(source, 4 + 4 * index);
  return packet;
}

function head(packet: Buffer, type: number, count: number, length: number): void {
  packet.writeUInt8(0x80 | count, 0);
  packet.writeUInt8(type, 1);
  packet.writeUInt16BE(length / 4 - 1, 2);
}
