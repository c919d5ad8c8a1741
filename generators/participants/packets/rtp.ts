/** An RTP packet (RFC 3550, 5.1) as it was received; offsets are into the datagram. */
export interface RtpPacket {
  readonly marker: boolean;
  readonly payloadType: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  /** The header extension: which profile it has, and where its elements lie; `from` is `to` when there is none. */
  readonly extension: { readonly profile: number; readonly from: number; readonly to: number };
  /** Where the payload lies, its padding cut off. */
  readonly payload: { readonly from: number; readonly to: number };
}

const FIXED = 12;
const VERSION = 2;

/** Reads a packet; undefined when it is none, or says that it holds more than it does. */
export function readRtp(datagram: Buffer): RtpPacket | undefined {
  if (datagram.length < FIXED) return undefined;
  // By index: taking a buffer apart asks it for an iterator, for every packet there is.
  const first = datagram[0] ?? 0;
  const second = datagram[1] ?? 0;
  if (first >> 6 !== VERSION) return undefined;
  let at = FIXED + (first & 0x0f) * 4;
  let extension: RtpPacket['extension'] = NO_EXTENSION;
  if ((first & 0x10) !== 0) {
    if (datagram.length < at + 4) return undefined;
    const from = at + 4;
    at = from + datagram.readUInt16BE(at + 2) * 4;
    extension = { profile: datagram.readUInt16BE(from - 4), from, to: at };
  }
  const padding = (first & 0x20) === 0 ? 0 : (datagram[datagram.length - 1] ?? 0);
  const end = datagram.length - padding;
  if (at > end || ((first & 0x20) !== 0 && padding === 0)) return undefined;
  return {
    marker: (second & 0x80) !== 0,
    payloadType: second & 0x7f,
    sequence: datagram.readUInt16BE(2),
    timestamp: datagram.readUInt32BE(4),
    ssrc: datagram.readUInt32BE(8),
    extension,
    payload: { from: at, to: end },
  };
}

const NO_EXTENSION = { profile: 0, from: 0, to: 0 } as const;

/** What is written in front of a payload. */
export interface RtpHeader extends Pick<RtpPacket, 'marker' | 'payloadType' | 'sequence' | 'timestamp' | 'ssrc'> {
  /** Bytes of the header extension's elements, padded to whole words. */
  readonly extensionBytes: number;
}

/** Writes the header, and the frame of a one-byte header extension (RFC 8285), and gives where its elements begin. */
export function writeRtpHeader(datagram: Buffer, header: RtpHeader): number {
  const { extensionBytes } = header;
  datagram[0] = (VERSION << 6) | (extensionBytes > 0 ? 0x10 : 0);
  datagram[1] = (header.marker ? 0x80 : 0) | header.payloadType;
  datagram.writeUInt16BE(header.sequence & 0xffff, 2);
  datagram.writeUInt32BE(header.timestamp >>> 0, 4);
  datagram.writeUInt32BE(header.ssrc >>> 0, 8);
  if (extensionBytes === 0) return FIXED;
  datagram.writeUInt16BE(ONE_BYTE, FIXED);
  datagram.writeUInt16BE(extensionBytes / 4, FIXED + 2);
  return FIXED + 4;
}

/** The profile of one-byte header extensions. */
export const ONE_BYTE = 0xbede;
