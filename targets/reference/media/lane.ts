import type { Address } from './address.ts';
import { emptyFifo, type Fifo } from './fifo.ts';

/** A datagram on its way out: whole, or a head of its own before what it shares with others. */
export type Outgoing = Buffer | readonly [head: Buffer, rest: Buffer];

/** What waits to be sent to one participant: voices and reports apart where the variant sends them first. */
export interface Lane {
  /** Where they are seen; nothing is sent before that is known. */
  address: Address | undefined;
  readonly urgent: Queue;
  readonly other: Queue;
  isClosed: boolean;
  /** How many have been sent since the participant last reported. */
  sent: number;
}

/** A queue, and whether it is in the round of those that something waits in. */
export interface Queue {
  readonly waiting: Fifo<Outgoing>;
  isInRound: boolean;
}

/** A lane with nothing in it; with one queue for everything unless voices go first. */
export function emptyLane(audioFirst: boolean): Lane {
  const urgent = emptyQueue();
  return { address: undefined, urgent, other: audioFirst ? emptyQueue() : urgent, isClosed: false, sent: 0 };
}

function emptyQueue(): Queue {
  return { waiting: emptyFifo(), isInRound: false };
}
