import { derivedSeed, sequence } from '../../../core/random.ts';

/** One frame of pre-encoded video: how large its packets are, without descriptors, and what depends on it. */
export interface ReelFrame {
  readonly key: boolean;
  /** Temporal layer 0, 1 or 2: without the highest ones there are half, or a quarter, of the frames. */
  readonly layer: number;
  readonly packets: readonly number[];
}

/** VP8 640x360 as a conferencing client sends it: 30 frames and 475 kbit in a second, a key frame every ten. */
export const VIDEO = { framesPerSecond: 30, bitsPerSecond: 475_000, seconds: 10 } as const;

const LARGEST_PACKET = 1_100;
/** How much larger than the mean frames of a layer are; key frames are far larger. */
const KEY = 6;
const LAYERS = [
  { layer: 0, weight: 1.6 },
  { layer: 2, weight: 0.7 },
  { layer: 1, weight: 1 },
  { layer: 2, weight: 0.7 },
] as const;

/** Ten seconds of video, to be sent over and over: its sizes and order are those of a moving picture, though what it shows stands still. */
export function reelOf(seed: number): readonly ReelFrame[] {
  const draw = sequence(derivedSeed(seed, 'reel'));
  const count = VIDEO.framesPerSecond * VIDEO.seconds;
  const drawn = Array.from({ length: count }, (_, place) => {
    const { layer, weight } = LAYERS[place % LAYERS.length] ?? LAYERS[0];
    return { key: place === 0, layer, weight: (place === 0 ? KEY : weight) * (0.7 + 0.6 * draw()) };
  });
  const all = drawn.reduce((sum, { weight }) => sum + weight, 0);
  const bytes = (VIDEO.bitsPerSecond * VIDEO.seconds) / 8;
  return drawn.map(({ key, layer, weight }) => ({ key, layer, packets: cut(Math.round((bytes * weight) / all)) }));
}

/** Cut in equal packets, as encoders do. */
function cut(bytes: number): number[] {
  const count = Math.ceil(bytes / LARGEST_PACKET);
  return Array.from({ length: count }, (_, place) => Math.floor((bytes + place) / count));
}
