import type { Acknowledged, Kept } from '../core/acknowledged.ts';
import { draw } from '../core/random.ts';

/** Above so many of a kind, a sample is kept. */
const MOST = 100_000;

/** What the target has acknowledged, all of it or an even sample of each kind; kept for asking for it afterwards. */
export class Acknowledgements {
  readonly #seed: number;
  readonly #kinds: { readonly [Kind in Acknowledged['kind']]: { readonly sample: Acknowledged[]; total: number } } = {
    meeting: { sample: [], total: 0 },
    ticket: { sample: [], total: 0 },
    recording: { sample: [], total: 0 },
  };

  constructor(seed: number) {
    this.#seed = seed;
  }

  get kept(): Kept {
    return this.#kinds as Kept;
  }

  /** Reservoir sampling (Vitter's algorithm R). */
  add(what: Acknowledged): void {
    const { sample, total } = this.#kinds[what.kind];
    const place = Math.floor(draw(this.#seed, `acknowledgements/${what.kind}`, total, 'place') * (total + 1));
    if (sample.length < MOST) sample.push(what);
    else if (place < MOST) sample[place] = what;
    this.#kinds[what.kind].total += 1;
  }
}
