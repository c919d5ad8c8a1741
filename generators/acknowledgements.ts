import { draw } from '../core/random.ts';
import type { Meeting } from '../core/target.ts';

/** Above so many, a sample is kept. */
const MOST = 100_000;

/** What the target has acknowledged, all of it or an even sample; kept for asking for it afterwards. */
export class Acknowledgements {
  readonly sample: Meeting[] = [];
  readonly #seed: number;
  #total = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  get total(): number {
    return this.#total;
  }

  /** Reservoir sampling (Vitter's algorithm R). */
  add(meeting: Meeting): void {
    const place = Math.floor(draw(this.#seed, 'acknowledgements', this.#total, 'place') * (this.#total + 1));
    if (this.sample.length < MOST) this.sample.push(meeting);
    else if (place < MOST) this.sample[place] = meeting;
    this.#total += 1;
  }
}
