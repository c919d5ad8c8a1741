import type { Seat } from './seat.ts';
import type { Stage } from './stage.ts';

/** Those of a meeting that a media server serves. */
export interface Meeting {
  readonly id: string;
  /** Seats that are kept for somebody, taken or not. */
  readonly seats: Set<Seat>;
  /** Those who have taken theirs. */
  present: readonly Seat[];
  stage: Stage<Seat>;
}

/** A meeting nobody is in. */
export function emptyMeeting(id: string): Meeting {
  return { id, seats: new Set(), present: [], stage: { speakers: [], before: undefined } };
}

/** Whose picture somebody sees: that of whoever speaks, who for their part see whoever did before. */
export function seenBy({ stage: { speakers, before } }: Meeting, someone: Seat): Seat | undefined {
  return speakers[0] === someone ? before : speakers[0];
}
