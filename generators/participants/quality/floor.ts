/** What has to be known of a participant's second to say whether the quality floor held. */
export interface HeardSecond {
  /** Whether the media server still answers. */
  readonly seated: boolean;
  /** Whether anybody was there to be heard all the time. */
  readonly expected: boolean;
  /** Packets of audio that came. */
  readonly packets: number;
  /** Share of packets lost, 0..1; undefined when none came. */
  readonly loss: number | undefined;
  /** Mean way in one direction in milliseconds; undefined when it cannot be told. */
  readonly audioDelay: number | undefined;
  readonly videoDelay: number | undefined;
  /** A picture stood still when the second ended. */
  readonly frozen: boolean;
}

/** What a second fell short of: nothing came, or what came is not good enough. */
export type Breach = 'unseated' | 'silent' | 'loss' | 'audio-delay' | 'video-delay' | 'frozen';

/** Audio loss up to Microsoft's "poor" line; delays after ITU-T G.114, with as much again for the picture. */
const FLOOR = { loss: 0.1, audioDelay: 150, videoDelay: 300 } as const;

/** What a second of media fell short of; undefined when the floor held. */
export function breachOf(second: HeardSecond): Breach | undefined {
  const { seated, expected, packets, loss, audioDelay, videoDelay, frozen } = second;
  if (!seated) return 'unseated';
  if (expected && packets === 0) return 'silent';
  if (loss !== undefined && loss > FLOOR.loss) return 'loss';
  if (audioDelay !== undefined && audioDelay > FLOOR.audioDelay) return 'audio-delay';
  if (videoDelay !== undefined && videoDelay > FLOOR.videoDelay) return 'video-delay';
  return frozen ? 'frozen' : undefined;
}
