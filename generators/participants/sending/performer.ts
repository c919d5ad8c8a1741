import { derivedSeed, sequence } from '../../../core/random.ts';
import { VP8_DESCRIPTOR, writeVp8 } from '../packets/vp8.ts';
import { Outgoing } from './outgoing.ts';
import { pictureAt } from './picture.ts';
import type { ReelFrame } from './reel.ts';
import { Talk } from './talk.ts';

/** Payload types and clocks of what participants send. */
export const CODECS = { opus: { payloadType: 111, rate: 48_000 }, vp8: { payloadType: 96, rate: 90_000 } } as const;

/** Opus at 40 kbit/s in packets of 20 ms is 100 bytes a packet, more or less. */
const OPUS_BYTES = 100;
const OPUS_SPREAD = 24;

/** What a performer is made of. */
export interface Part {
  readonly seed: number;
  /** A number of their own, of which everything they send depends. */
  readonly who: number;
  readonly audio: number;
  readonly video: number;
  /** How many are in the meeting. */
  readonly size: number;
  /** Undefined for who has no camera on. */
  readonly reel: readonly ReelFrame[] | undefined;
}

/** What one participant sends: sound all the time, louder when they speak, and a picture if they have a camera on. */
export class Performer {
  readonly audio: Outgoing;
  readonly video: Outgoing | undefined;
  readonly #draw: () => number;
  readonly #talk: Talk;
  readonly #reel: readonly ReelFrame[];
  #frame: number;
  #picture: number;
  #base = 0;

  constructor({ seed, who, audio, video, size, reel }: Part) {
    this.#draw = sequence(derivedSeed(seed, `performer/${who}`));
    this.#talk = new Talk(seed, who, size);
    this.audio = new Outgoing(audio, CODECS.opus.payloadType, CODECS.opus.rate, this.#draw);
    this.video = reel && new Outgoing(video, CODECS.vp8.payloadType, CODECS.vp8.rate, this.#draw);
    this.#reel = reel ?? [];
    // Cameras that all sent their key frames at once would be a load of their own.
    this.#frame = Math.floor(this.#draw() * this.#reel.length);
    this.#picture = Math.floor(this.#draw() * 0x8000);
  }

  /** 20 ms of sound, captured at a moment of the run. */
  sound(captured: number, now: number): Buffer {
    const size = OPUS_BYTES - OPUS_SPREAD / 2 + Math.floor(this.#draw() * (OPUS_SPREAD + 1));
    const { datagram, at } = this.audio.packet(size, {
      captured,
      now,
      marker: false,
      loudness: this.#talk.at(captured),
    });
    return silence(datagram, at);
  }

  /** Begins the picture anew with its next frame: somebody has lost track of it. */
  keyFrame(): void {
    const { length } = this.#reel;
    if (length > 0) this.#frame += (length - (this.#frame % length)) % length;
  }

  /** The next frame, in its packets; none without a camera. */
  picture(captured: number, now: number): Buffer[] {
    const [{ video }, frame] = [this, this.#reel[this.#frame % this.#reel.length]];
    if (!video || !frame) return [];
    const { key, layer, packets } = frame;
    const shown = pictureAt(this.#frame % this.#reel.length, key);
    let begun = 0;
    this.#frame += 1;
    this.#picture += 1;
    if (layer === 0) this.#base += 1;
    const loudness = this.#talk.at(captured);
    return packets.map((size, place) => {
      const marker = place === packets.length - 1;
      const { datagram, at } = video.packet(VP8_DESCRIPTOR + size, { captured, now, marker, loudness });
      datagram.fill(0, at);
      writeVp8(datagram, at, { startsFrame: place === 0, layer, picture: this.#picture, base: this.#base });
      // A frame is a picture and what fills it up to its size.
      if (begun < shown.length) shown.copy(datagram, at + VP8_DESCRIPTOR, begun, Math.min(shown.length, begun + size));
      begun += size;
      return datagram;
    });
  }
}

/** Silence as Opus has it (RFC 6716): one frame of 20 ms, and padding up to the size of a packet (3.2.5). */
function silence(datagram: Buffer, at: number): Buffer {
  datagram.fill(0, at);
  datagram[at] = 0xfb;
  datagram[at + 1] = 0x41;
  datagram[at + 2] = datagram.length - at - 5;
  datagram[at + 3] = 0xff;
  datagram[at + 4] = 0xfe;
  return datagram;
}
