/** What the E-model asks of a connection. */
export interface Connection {
  /** From mouth to ear, in milliseconds: the way, the jitter buffer and the codec. */
  readonly delay: number;
  /** Share of packets lost, 0..1. */
  readonly loss: number;
  /** How much losses come in bursts; 1 for losses at random, larger for bursts. */
  readonly burst?: number;
  /** What the codec impairs by itself, and how well it bears losses. */
  readonly codec?: { readonly ie: number; readonly bpl: number };
}

/** A jitter buffer holds packets back for so long, unless it is measured; packets of 20 ms take one more to fill. */
const JITTER_BUFFER = 60;
const PACKET = 20;

/** Delay from mouth to ear for a way of so many milliseconds in one direction. */
export function mouthToEar(way: number): number {
  return way + JITTER_BUFFER + PACKET;
}

/**
 * How good people would call what they hear, 1 (bad) to 4.5: an estimate from statistics alone by the E-model (ITU-T
 * G.107), simplified. It never rises when loss, delay or burstiness does.
 */
export function mosOf({ delay, loss, burst = 1, codec = OPUS }: Connection): number {
  const percent = Math.min(1, Math.max(0, loss)) * 100;
  const delayed = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0);
  const lost = codec.ie + ((95 - codec.ie) * percent) / (percent / burst + codec.bpl);
  const rating = 93.2 - delayed - lost;
  if (rating <= 0) return 1;
  if (rating >= 100) return 4.5;
  // The polynomial dips below 1 near 3.
  return Math.max(1, 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating));
}

const OPUS = { ie: 0, bpl: 25.1 } as const;
