import type { Direction } from './toxic.ts';

/** What tells the connections that are counted together. */
export interface Labels {
  readonly direction: Direction;
  readonly listener: string;
  readonly proxy: string;
  readonly upstream: string;
}

/** Bytes of one direction: read from whoever sent them, and written to whoever they are for. */
export interface Bytes {
  readonly received: number;
  readonly sent: number;
}

/** One row of the counters. */
export interface Counted extends Labels, Bytes {}

/** Bytes of all connections there have been, those that are open included. */
export class Counters {
  readonly #past = new Map<string, Counted>();
  readonly #open = new Map<() => Bytes, Labels>();

  /** Counts a stream from now on. Gives what to call, once, when it is over. */
  open(labels: Labels, bytes: () => Bytes): () => void {
    this.#open.set(bytes, labels);
    return () => {
      this.#open.delete(bytes);
      add(this.#past, labels, bytes());
    };
  }

  /** All rows, as of now, in the order of their labels. */
  read(): readonly Counted[] {
    const rows = new Map(this.#past);
    for (const [bytes, labels] of this.#open) add(rows, labels, bytes());
    return [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }
}

function add(rows: Map<string, Counted>, labels: Labels, { received, sent }: Bytes): void {
  const { direction, listener, proxy, upstream } = labels;
  const key = JSON.stringify([direction, listener, proxy, upstream]);
  const row = rows.get(key);
  rows.set(key, { ...labels, received: (row?.received ?? 0) + received, sent: (row?.sent ?? 0) + sent });
}
