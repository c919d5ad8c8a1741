/** How loud somebody is, smoothed: 0 for silence to 127. */
export interface Loudness {
  volume: number;
}

/** The weight of a new packet: at 20 ms a packet, half of what is heard is of the last 70 ms. */
const WEIGHT = 0.2;

/** Who tells no level counts as somebody who speaks softly. */
export const UNTOLD = 40;

/** Takes a packet's volume into account. */
export function hear(loudness: Loudness, volume: number): void {
  loudness.volume += WEIGHT * (volume - loudness.volume);
}
