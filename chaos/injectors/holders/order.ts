import type { ConnectionsMeans } from '../../../core/means.ts';
import type { ProcessIdentity } from '../../undo.ts';

/** What a holder is told to hold, over its IPC channel: a URL may carry a password, and a command line is open to all. */
export type Order = SliceOrder | QuotaOrder | FillOrder | ConnectionsOrder;

/** Shares of one core, each for as long as the others of `lasting` milliseconds; the last one stays. */
export interface Steps {
  readonly shares: readonly number[];
  readonly lasting: number;
}

/** A process is stopped and continued in turn, so that it gets its share; with a share of 0 it stays stopped. */
export interface SliceOrder extends Steps {
  readonly hold: 'slices';
  readonly process: ProcessIdentity;
}

/** One content of a cgroup's quota file after another, each for as long as the others. */
export interface QuotaOrder {
  readonly hold: 'quota';
  readonly file: string;
  readonly contents: readonly string[];
  readonly lasting: number;
  /** What is put back at the end. */
  readonly before: string;
}

/** A file nobody sees takes the room of a volume, until no more than `leave` bytes are free. */
export interface FillOrder {
  readonly hold: 'volume';
  /** Where the file is made, and removed at once. */
  readonly file: string;
  readonly leave: number;
}

/** Connections to a database, no more than so many. */
export interface ConnectionsOrder extends Pick<ConnectionsMeans, 'server' | 'url'> {
  readonly hold: 'connections';
  readonly most: number;
}

/** What a holder tells: what it holds now (bytes, connections), or why it can hold nothing. */
export type Report = { readonly did: 'hold'; readonly held: number } | { readonly did: 'fail'; readonly why: string };

/** One kind of holding: goes on until the signal aborts, and lets go before it returns. */
export type Hold<O extends Order = Order> = (
  order: O,
  signal: AbortSignal,
  tell: (held: number) => void,
) => Promise<void>;
