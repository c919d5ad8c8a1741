import { millisecondsOf } from '../packets/ntp.ts';
import type { SenderReport } from '../packets/rtcp.ts';
import { Mean } from './mean.ts';

/**
 * How long what one stream carries was on its way, by its sender's clock: the sender reports say which moment of that
 * clock a timestamp stands for. Alone it is off by the difference between both clocks; two streams of one sender
 * compared with each other are not.
 */
export class Passage {
  readonly #rate: number;
  readonly #passed = new Mean();
  #map: { readonly at: number; readonly timestamp: number } | undefined;

  /** `rate` is the stream's clock in ticks a second. */
  constructor(rate: number) {
    this.#rate = rate;
  }

  heardFromSender({ at, timestamp }: SenderReport): void {
    this.#map = { at: millisecondsOf(at), timestamp };
  }

  /** Something captured at a timestamp is here now. */
  arrived(timestamp: number, now: number): void {
    if (!this.#map) return;
    const captured = this.#map.at + (((timestamp - this.#map.timestamp) | 0) / this.#rate) * 1_000;
    this.#passed.add(now - captured);
  }

  /** The mean since this was last asked, in milliseconds; undefined when nothing came that can be told. */
  take(): number | undefined {
    return this.#passed.take();
  }
}

/**
 * How far sound and picture of one person are apart, in milliseconds: positive when the sound is early. People notice
 * beyond +45 and -125, and will not bear it beyond +90 and -185 (ITU-R BT.1359).
 */
export function skewOf(audio: number | undefined, video: number | undefined): number | undefined {
  return audio === undefined || video === undefined ? undefined : video - audio;
}
