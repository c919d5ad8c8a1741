/** Where things are in an RTP packet (RFC 3550, section 5.1): offsets in bytes. */
export interface RtpLayout {
  /** Behind the header, its contributing sources and its extension. */
  readonly payload: number;
  /** Of the audio level's byte (RFC 6464), 0 when the packet carries none. */
  readonly level: number;
}

/** The fixed header. */
export const RTP_HEADER = 12;

/** The payload type of voices: Opus. */
export const AUDIO_TYPE = 111;

const EXTENDED = 0x10;
/** The profile of one-byte header extensions (RFC 8285). */
const ONE_BYTE = 0xbede;
/** The id the audio level has. */
const LEVEL_ID = 1;

/** Finds the way about an RTP packet; undefined when it is broken. */
export function rtpLayout(packet: Buffer): RtpLayout | undefined {
  const [first = 0] = packet;
  if (packet.length < RTP_HEADER || first >>> 6 !== 2) return undefined;
  const fixed = RTP_HEADER + 4 * (first & 0x0f);
  if ((first & EXTENDED) === 0) return fixed <= packet.length ? { payload: fixed, level: 0 } : undefined;
  if (fixed + 4 > packet.length) return undefined;
  const payload = fixed + 4 + 4 * packet.readUInt16BE(fixed + 2);
  if (payload > packet.length) return undefined;
  const isOneByte = packet.readUInt16BE(fixed) === ONE_BYTE;
  return { payload, level: isOneByte ? elementAt(packet, fixed + 4, payload, LEVEL_ID) : 0 };
}

/** Where the value of a header extension's element is; 0 when it is not there. */
function elementAt(packet: Buffer, from: number, to: number, wanted: number): number {
  for (let at = from; at < to; ) {
    const byte = packet[at] ?? 0;
    const id = byte >>> 4;
    if (id === 15) return 0;
    if (id === wanted) return at + 1 < to ? at + 1 : 0;
    // One of id 0 is padding, of one byte.
    at += id === 0 ? 1 : 2 + (byte & 0x0f);
  }
  return 0;
}

/** Volume of an audio level's byte: 0 for silence to 127 for the loudest. */
export function volumeOf(packet: Buffer, level: number): number {
  return 127 - ((packet[level] ?? 127) & 0x7f);
}

/** Whether a 16-bit sequence number comes after another one, the nearer way round. */
export function isAfter(sequence: number, other: number): boolean {
  return sequence !== other && ((sequence - other) & 0xffff) < 0x8000;
}
