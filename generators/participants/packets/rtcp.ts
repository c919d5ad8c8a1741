import type { NtpTime } from './ntp.ts';

/** What of RTCP (RFC 3550, 6) participants read and write; anything else in a compound is stepped over. */
export type RtcpPacket =
  | ({ readonly kind: 'sender-report' } & SenderReport)
  | ({ readonly kind: 'receiver-report' } & ReceiverReport)
  | { readonly kind: 'description'; readonly chunks: readonly Description[] }
  | { readonly kind: 'bye'; readonly ssrcs: readonly number[] }
  | ({ readonly kind: 'picture-loss' } & PictureLoss);

export interface SenderReport {
  readonly ssrc: number;
  readonly at: NtpTime;
  readonly timestamp: number;
  readonly packets: number;
  readonly octets: number;
  readonly blocks: readonly ReportBlock[];
}

export interface ReceiverReport {
  readonly ssrc: number;
  readonly blocks: readonly ReportBlock[];
}

/** Who a stream belongs to: streams of the same canonical name are one person's. */
export interface Description {
  readonly ssrc: number;
  readonly cname: string;
}

/** Whoever receives a picture has lost track of it, and asks for a key frame (RFC 4585, 6.3.1). */
export interface PictureLoss {
  readonly ssrc: number;
  /** The stream of the picture. */
  readonly of: number;
}

/** How one stream is received. */
export interface ReportBlock {
  readonly ssrc: number;
  /** 0..255 of 256 since the last report. */
  readonly fractionLost: number;
  /** Signed: duplicates can outnumber losses. */
  readonly lost: number;
  readonly highest: number;
  /** In units of the stream's clock. */
  readonly jitter: number;
  /** The middle 32 bits of the last sender report's time; 0 when there was none. */
  readonly lastReport: number;
  /** Since that report, in 1/65536 seconds. */
  readonly delay: number;
}

const TYPE = { senderReport: 200, receiverReport: 201, description: 202, bye: 203, pictures: 206 } as const;
/** The formats of feedback on pictures that ask for a key frame: PLI and FIR (RFC 5104, 4.3.1). */
const PICTURE_LOSS = 1;
const FULL_INTRA = 4;
const BLOCK = 24;
const CNAME = 1;

/**
 * Reads a compound packet as far as it can be understood, and tells when it is `broken`: what follows is not to be trusted.
 */
export function readRtcp(datagram: Buffer, broken: () => void = () => {}): RtcpPacket[] {
  const packets: RtcpPacket[] = [];
  let at = 0;
  while (at + 4 <= datagram.length) {
    const first = datagram.readUInt8(at);
    const end = at + 4 + datagram.readUInt16BE(at + 2) * 4;
    if (first >> 6 !== 2 || end > datagram.length) break;
    const packet = readOne(datagram.subarray(at + 4, end), datagram.readUInt8(at + 1), first & 0x1f);
    if (packet === 'broken') break;
    if (packet) packets.push(packet);
    at = end;
  }
  if (at < datagram.length) broken();
  return packets;
}

function readOne(body: Buffer, type: number, count: number): RtcpPacket | 'broken' | undefined {
  if (type === TYPE.senderReport) {
    if (body.length < 24 + count * BLOCK) return 'broken';
    return {
      kind: 'sender-report',
      ssrc: body.readUInt32BE(0),
      at: { seconds: body.readUInt32BE(4), fraction: body.readUInt32BE(8) },
      timestamp: body.readUInt32BE(12),
      packets: body.readUInt32BE(16),
      octets: body.readUInt32BE(20),
      blocks: blocksIn(body.subarray(24), count),
    };
  }
  if (type === TYPE.receiverReport) {
    if (body.length < 4 + count * BLOCK) return 'broken';
    return { kind: 'receiver-report', ssrc: body.readUInt32BE(0), blocks: blocksIn(body.subarray(4), count) };
  }
  if (type === TYPE.description) return { kind: 'description', chunks: chunksIn(body, count) };
  if (type === TYPE.pictures && (count === PICTURE_LOSS || count === FULL_INTRA)) return lossIn(body, count);
  if (type !== TYPE.bye) return undefined;
  if (body.length < count * 4) return 'broken';
  return { kind: 'bye', ssrcs: Array.from({ length: count }, (_, place) => body.readUInt32BE(place * 4)) };
}

/** A full intra request names the stream in its first entry, and nothing in the header. */
function lossIn(body: Buffer, format: number): RtcpPacket | 'broken' {
  const at = format === FULL_INTRA ? 8 : 4;
  if (body.length < at + 4) return 'broken';
  return { kind: 'picture-loss', ssrc: body.readUInt32BE(0), of: body.readUInt32BE(at) };
}

function blocksIn(body: Buffer, count: number): ReportBlock[] {
  return Array.from({ length: count }, (_, place) => {
    const at = place * BLOCK;
    return {
      ssrc: body.readUInt32BE(at),
      fractionLost: body.readUInt8(at + 4),
      lost: body.readIntBE(at + 5, 3),
      highest: body.readUInt32BE(at + 8),
      jitter: body.readUInt32BE(at + 12),
      lastReport: body.readUInt32BE(at + 16),
      delay: body.readUInt32BE(at + 20),
    };
  });
}

function chunksIn(body: Buffer, count: number): Description[] {
  const chunks: Description[] = [];
  let at = 0;
  for (let n = 0; n < count && at + 4 <= body.length; n += 1) {
    const ssrc = body.readUInt32BE(at);
    let cname = '';
    at += 4;
    while (at + 1 < body.length && body[at] !== 0) {
      const [type, length = 0] = [body[at], body[at + 1]];
      if (type === CNAME) cname = body.toString('utf8', at + 2, Math.min(body.length, at + 2 + length));
      at += 2 + length;
    }
    // The list ends with at least one zero byte and goes on at the next word.
    at += 4 - (at % 4);
    chunks.push({ ssrc, cname });
  }
  return chunks;
}

/** Writes a compound packet. */
export function writeRtcp(packets: readonly RtcpPacket[]): Buffer {
  return Buffer.concat(packets.map(writeOne));
}

function writeOne(packet: RtcpPacket): Buffer {
  if (packet.kind === 'description') return framed(TYPE.description, packet.chunks.length, packet.chunks.map(chunkOf));
  if (packet.kind === 'picture-loss') return framed(TYPE.pictures, PICTURE_LOSS, [packet.ssrc, packet.of].map(word));
  if (packet.kind === 'bye') return framed(TYPE.bye, packet.ssrcs.length, packet.ssrcs.map(word));
  const blocks = packet.blocks.map(writeBlock);
  if (packet.kind === 'receiver-report')
    return framed(TYPE.receiverReport, blocks.length, [word(packet.ssrc), ...blocks]);
  const { ssrc, at, timestamp, packets, octets } = packet;
  const info = [ssrc, at.seconds, at.fraction, timestamp, packets, octets].map(word);
  return framed(TYPE.senderReport, blocks.length, [...info, ...blocks]);
}

function framed(type: number, count: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(4);
  head[0] = 0x80 | count;
  head[1] = type;
  head.writeUInt16BE(body.length / 4, 2);
  return Buffer.concat([head, body]);
}

function writeBlock({ ssrc, fractionLost, lost, highest, jitter, lastReport, delay }: ReportBlock): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.writeUInt32BE(ssrc, 0);
  block[4] = fractionLost;
  block.writeIntBE(Math.min(0x7fffff, Math.max(-0x800000, lost)), 5, 3);
  block.writeUInt32BE(highest >>> 0, 8);
  block.writeUInt32BE(jitter >>> 0, 12);
  block.writeUInt32BE(lastReport, 16);
  block.writeUInt32BE(delay, 20);
  return block;
}

function chunkOf({ ssrc, cname }: Description): Buffer {
  const name = Buffer.from(cname);
  const used = 4 + 2 + name.length;
  const chunk = Buffer.alloc(used + 4 - (used % 4));
  chunk.writeUInt32BE(ssrc, 0);
  chunk[4] = CNAME;
  chunk[5] = name.length;
  name.copy(chunk, 6);
  return chunk;
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0, 0);
  return bytes;
}
