/** Sequence numbers further ahead than this, or further behind, are a sender that began anew (RFC 3550, A.1). */
const MOST_AHEAD = 3_000;
const MOST_BEHIND = 100;
const CYCLE = 0x10000;

/** Extends 16-bit sequence numbers beyond their wrap. */
export class Sequence {
  /** The first and the highest number so far, extended; before the first packet both are undefined. */
  first: number | undefined;
  highest: number | undefined;
  /** How many numbers were lost sight of when a sender began anew. */
  #past = 0;
  #restart: number | undefined;

  /** How many packets there must have been so far. */
  get expected(): number {
    return this.first === undefined || this.highest === undefined ? 0 : this.#past + this.highest - this.first + 1;
  }

  /**
   * The extended number of a packet; undefined for one that is out of order by so much that it may be anything: the next
   * one tells whether the sender has begun anew.
   */
  extended(sequence: number): number | undefined {
    if (this.highest === undefined) return this.#begin(sequence);
    const ahead = (sequence - this.highest) & (CYCLE - 1);
    if (ahead < MOST_AHEAD) {
      this.highest += ahead;
      return this.highest;
    }
    if (ahead > CYCLE - MOST_BEHIND) return this.highest - (CYCLE - ahead);
    if (sequence !== this.#restart) {
      this.#restart = (sequence + 1) & (CYCLE - 1);
      return undefined;
    }
    this.#past = this.expected;
    return this.#begin(sequence, this.highest);
  }

  /** Numbers go up over all beginnings, so that no two packets have the same. */
  #begin(sequence: number, after = 0): number {
    this.#restart = undefined;
    const cycles = Math.ceil(after / CYCLE) * CYCLE;
    this.first = cycles + sequence;
    this.highest = this.first;
    return this.first;
  }
}
