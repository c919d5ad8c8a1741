import { arrivalsIn, type Curve, type Segment } from '../core/curve.ts';

/** One arrival: its number within its scenario, over all shards, and when it is due. */
export interface Arrival {
  readonly index: number;
  readonly due: number;
}

/** The share of all arrivals that one worker takes: every `count`-th, beginning with `index`. */
export interface Share {
  readonly index: number;
  readonly count: number;
}

/**
 * The arrivals of an open load in order of due time: the n-th is due when the area under the curve reaches n. The curve
 * can be prolonged while it is being walked; what is due never depends on when it is asked for.
 */
export class Arrivals {
  readonly #segments: Segment[];
  readonly #share: Share;
  #at = 0;
  /** Area of the current segment that was reached by the next arrival; what a segment ends short of is carried over. */
  #owed = 0;
  #index = 0;

  constructor(curve: Curve, share: Share = { index: 0, count: 1 }) {
    this.#segments = [...curve];
    this.#share = share;
  }

  /** Appends load after what is planned so far. */
  prolong(segments: Curve): void {
    this.#segments.push(...segments);
  }

  /** Takes the next arrival of this share if it is due by `now`. */
  takeDue(now: number): Arrival | undefined {
    for (;;) {
      const segment = this.#segments[this.#at];
      if (!segment) return undefined;
      const area = arrivalsIn(segment);
      if (this.#owed > area - ROUNDING) {
        this.#owed = Math.max(0, this.#owed - area);
        this.#at += 1;
        continue;
      }
      const due = segment.from + timeToReach(this.#owed, segment);
      if (due > now) return undefined;
      const index = this.#index;
      this.#owed += 1;
      this.#index += 1;
      if (index % this.#share.count === this.#share.index) return { index, due };
    }
  }
}

/** What rounding adds to a whole number of arrivals must not become one too many. */
const ROUNDING = 1e-6;

/** Solves rate * t + slope * t² / 2 = owed for t, in the form that is stable for a slope near 0; in milliseconds. */
function timeToReach(owed: number, { from, to, startRate, endRate }: Segment): number {
  if (owed === 0) return 0;
  const slope = ((endRate - startRate) * 1_000) / (to - from);
  return (2_000 * owed) / (startRate + Math.sqrt(startRate * startRate + 2 * slope * owed));
}
