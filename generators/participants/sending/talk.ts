import { derivedSeed, sequence } from '../../../core/random.ts';

/** How loud somebody is: -dBov from 0 to 127, and whether it is speech. */
export interface Loudness {
  readonly level: number;
  readonly voice: boolean;
}

/** How long people speak without a pause, on average, in milliseconds. */
const SPURT = 4_000;
/** How many speak at once in a meeting, on average: mostly one, at times nobody, at times several. */
const AT_ONCE = 1.3;
/** Nobody speaks more than this share of the time. */
const MOST = 0.6;

/** When somebody speaks and when they listen; the same for the same seed and the same number. */
export class Talk {
  readonly #draw: () => number;
  readonly #silence: number;
  #until = 0;
  #now: Loudness;
  #begun = false;

  /** `size` is how many are in the meeting: the more there are, the longer each of them listens. */
  constructor(seed: number, who: number, size: number) {
    const share = Math.min(MOST, AT_ONCE / Math.max(1, size));
    this.#draw = sequence(derivedSeed(seed, `talk/${who}`));
    this.#silence = (SPURT * (1 - share)) / share;
    this.#now = this.#draw() < share ? this.#speech() : this.#quiet();
  }

  /** Moments must not go back. */
  at(now: number): Loudness {
    if (!this.#begun) this.#until = now + this.#length();
    this.#begun = true;
    while (now >= this.#until) {
      this.#now = this.#now.voice ? this.#quiet() : this.#speech();
      this.#until += this.#length();
    }
    return this.#now;
  }

  /** Exponential, so that nobody takes turns; never so short that it is no word. */
  #length(): number {
    const mean = this.#now.voice ? SPURT : this.#silence;
    return Math.max(300, -Math.log(1 - this.#draw()) * mean);
  }

  #speech(): Loudness {
    return { level: 20 + Math.floor(this.#draw() * 20), voice: true };
  }

  #quiet(): Loudness {
    return { level: 100 + Math.floor(this.#draw() * 28), voice: false };
  }
}
