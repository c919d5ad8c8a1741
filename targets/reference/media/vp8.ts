/** What a packet of VP8 tells of itself in its payload descriptor (RFC 7741, section 4.2). */
export interface Vp8Facts {
  /** It is the first packet of a frame. */
  readonly beginsFrame: boolean;
  /** It is that of a frame that needs none before it. */
  readonly beginsKeyFrame: boolean;
  /** The temporal layer of its frame; 0 when it tells none. */
  readonly temporalLayer: number;
}

const NOTHING: Vp8Facts = { beginsFrame: false, beginsKeyFrame: false, temporalLayer: 0 };

/** Reads the descriptor at the beginning of a payload; one that is cut short tells nothing. */
export function vp8Facts(packet: Buffer, payload: number): Vp8Facts {
  const first = packet[payload];
  if (first === undefined) return NOTHING;
  const beginsFrame = (first & 0x10) !== 0 && (first & 0x07) === 0;
  let at = payload + 1;
  let temporalLayer = 0;
  if ((first & 0x80) !== 0) {
    const extension = packet[at] ?? 0;
    at += 1;
    if ((extension & 0x80) !== 0) at += ((packet[at] ?? 0) & 0x80) !== 0 ? 2 : 1;
    if ((extension & 0x40) !== 0) at += 1;
    if ((extension & 0x30) !== 0) {
      if ((extension & 0x20) !== 0) temporalLayer = (packet[at] ?? 0) >>> 6;
      at += 1;
    }
  }
  const frame = packet[at];
  return { beginsFrame, beginsKeyFrame: beginsFrame && frame !== undefined && (frame & 0x01) === 0, temporalLayer };
}
