import type { Direction } from './shape.ts';

/**
 * What became of the datagrams of one direction. None is dropped without being counted: received + duplicated =
 * forwarded + waiting + all that is dropped, up to the few that the network has not answered for yet.
 */
export interface Tally {
  received: number;
  /** Of their content, headers left out. */
  receivedBytes: number;
  forwarded: number;
  forwardedBytes: number;
  /** Copies made. */
  duplicated: number;
  /** Overtaken by the next one of the same client. */
  reordered: number;
  /** Forwarded, and then the other host said that nobody listens there; it does not say so of all. */
  refused: number;
  /** Dropped by the kernel before they could be received, because the relay was late. */
  missed: number;
  readonly dropped: Dropped;
}

/** Datagrams that were dropped, by cause. */
export interface Dropped {
  /** By the share that is to be lost. */
  loss: number;
  /** They would have waited for the bandwidth longer than its queue is long. */
  bandwidth: number;
  /** The relay held as much as it may hold. */
  memory: number;
  /** There were as many clients as there may be, or no socket for another one. */
  crowd: number;
  /** The network did not take them: nobody listens there, or there is no way. */
  unsent: number;
  /** They were still waiting when their listener was closed. */
  closed: number;
}

/** Both directions. */
export type Tallies = Readonly<Record<Direction, Tally>>;

/** Tallies of nothing. */
export function emptyTallies(): Tallies {
  return { upstream: emptyTally(), downstream: emptyTally() };
}

function emptyTally(): Tally {
  return {
    received: 0,
    receivedBytes: 0,
    forwarded: 0,
    forwardedBytes: 0,
    duplicated: 0,
    reordered: 0,
    refused: 0,
    missed: 0,
    dropped: { loss: 0, bandwidth: 0, memory: 0, crowd: 0, unsent: 0, closed: 0 },
  };
}
