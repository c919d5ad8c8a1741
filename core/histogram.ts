/**
 * Counts of values in a log-linear layout: exact below 256, then 128 slots per doubling, so that no value is off by
 * more than 0.8 % (the layout of HdrHistogram at two significant digits). Histograms of any origin merge exactly. Values are whole numbers, here always microseconds.
 */
export class Histogram {
  /** The counts of a run of slots that grows as needed: most histograms occupy few, and recordings hold thousands. */
  #counts = new Float64Array(0);
  #first = 0;
  #total = 0;

  static of(data: HistogramData): Histogram {
    return new Histogram().merge(data);
  }

  get total(): number {
    return this.#total;
  }

  /** Counts one value; fractions are dropped, negative values count as 0, values above an hour as an hour. */
  record(value: number): void {
    this.#add(slotOf(value), 1);
  }

  /** Adds what another histogram counted. */
  merge(data: HistogramData): this {
    for (let i = 0; i + 1 < data.length; i += 2) {
      const [floor = 0, count = 0] = [data[i], data[i + 1]];
      this.#add(slotOf(floor), count);
    }
    return this;
  }

  /** The value below or at which a share (0..1) of all values lies: the middle of its slot; undefined when empty. */
  quantile(share: number): number | undefined {
    if (this.#total === 0) return undefined;
    const rank = Math.max(1, Math.ceil(share * this.#total));
    let seen = 0;
    const at = this.#counts.findIndex((count) => {
      seen += count;
      return seen >= rank;
    });
    return middleOf(this.#first + at);
  }

  /** How many values lie in slots that begin at or below a value. */
  countUpTo(value: number): number {
    const slots = Math.max(0, slotOf(value) - this.#first + 1);
    return this.#counts.subarray(0, slots).reduce((sum, count) => sum + count, 0);
  }

  /** The occupied slots as a flat list: lower bound, count, lower bound, count … */
  data(): HistogramData {
    const data: number[] = [];
    this.#counts.forEach((count, at) => {
      if (count > 0) data.push(floorOf(this.#first + at), count);
    });
    return data;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#total = 0;
  }

  #add(slot: number, count: number): void {
    if (slot < this.#first || slot >= this.#first + this.#counts.length) this.#reach(slot);
    const at = slot - this.#first;
    this.#counts[at] = (this.#counts[at] ?? 0) + count;
    this.#total += count;
  }

  /** Widens the run of slots to hold one more, with room beside it. */
  #reach(slot: number): void {
    const empty = this.#counts.length === 0;
    const first = Math.max(0, Math.min(empty ? slot : this.#first, slot - ROOM));
    const end = Math.min(SLOTS, Math.max(empty ? slot : this.#first + this.#counts.length, slot + ROOM));
    const wider = new Float64Array(end - first);
    wider.set(this.#counts, empty ? 0 : this.#first - first);
    this.#counts = wider;
    this.#first = first;
  }
}

/** A histogram as it stands in a recording: lower bound of a slot in microseconds, count, and so on. */
export type HistogramData = readonly number[];

const EXACT = 256;
const HALF = 128;
const LONGEST = 3_600_000_000;
const ROOM = 32;
const SLOTS = slotOf(LONGEST) + 1;

function slotOf(value: number): number {
  if (!(value >= 1)) return 0;
  const whole = Math.floor(Math.min(value, LONGEST));
  if (whole < EXACT) return whole;
  const doublings = 24 - Math.clz32(whole);
  return doublings * HALF + (whole >>> doublings);
}

function floorOf(slot: number): number {
  if (slot < EXACT) return slot;
  const doublings = Math.floor(slot / HALF) - 1;
  return (slot - doublings * HALF) * 2 ** doublings;
}

function middleOf(slot: number): number {
  return (floorOf(slot) + floorOf(slot + 1) - 1) / 2;
}
