/** The payload descriptor of a VP8 packet (RFC 7741, 4.2), as far as frames and layers need it. */
export interface Vp8Descriptor {
  /** The packet begins a frame. */
  readonly startsFrame: boolean;
  /** The temporal layer; 0 where the sender has none. */
  readonly layer: number;
  /** Bytes of the descriptor. */
  readonly length: number;
}

/** Reads the descriptor at the front of a payload; undefined when the payload ends within it. */
export function readVp8(datagram: Buffer, from: number, to: number): Vp8Descriptor | undefined {
  if (from >= to) return undefined;
  const first = datagram[from] ?? 0;
  const startsFrame = (first & 0x17) === 0x10;
  if ((first & 0x80) === 0) return { startsFrame, layer: 0, length: 1 };
  const has = datagram[from + 1] ?? 0;
  let at = from + 2;
  if ((has & 0x80) !== 0) at += ((datagram[at] ?? 0) & 0x80) === 0 ? 1 : 2;
  if ((has & 0x40) !== 0) at += 1;
  const layer = (has & 0x20) === 0 ? 0 : (datagram[at] ?? 0) >> 6;
  if ((has & 0x30) !== 0) at += 1;
  return at > to || from + 2 > to ? undefined : { startsFrame, layer, length: at - from };
}

/** Bytes of the descriptor that writeVp8 writes. */
export const VP8_DESCRIPTOR = 6;

/** Writes a descriptor with picture, base-layer picture and temporal layer. */
export function writeVp8(
  datagram: Buffer,
  at: number,
  { startsFrame, layer, picture, base }: Omit<Vp8Descriptor, 'length'> & { picture: number; base: number },
): void {
  // Frames of the highest layer are nobody's reference.
  datagram[at] = 0x80 | (layer === 2 ? 0x20 : 0) | (startsFrame ? 0x10 : 0);
  datagram[at + 1] = 0xe0;
  datagram.writeUInt16BE(0x8000 | (picture & 0x7fff), at + 2);
  datagram[at + 4] = base & 0xff;
  datagram[at + 5] = layer << 6;
}
