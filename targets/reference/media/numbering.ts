import { isAfter } from './rtp.ts';

/**
 * The sequence numbers of a stream as they are passed on: what is withheld on purpose leaves no gap, what was lost on the
 * way to us leaves one.
 */
export interface Numbering {
  /** What is subtracted from numbers as they come. */
  withheld: number;
  newest: number;
  /** Numbers from before this one were given out with less subtracted. */
  since: number;
  /** Nothing is passed on at the moment. */
  isPaused: boolean;
  hasBegun: boolean;
}

/** A stream of which nothing was passed on yet. */
export function freshNumbering(): Numbering {
  return { withheld: 0, newest: 0, since: 0, isPaused: false, hasBegun: false };
}

/** From now on nothing is passed on; when it is again, it goes on as if nothing had been in between. */
export function pause(numbering: Numbering): void {
  numbering.isPaused = numbering.hasBegun;
}

/** Takes note of one packet that is withheld, of a stream of which others are passed on. */
export function withhold(numbering: Numbering, sequence: number): void {
  if (!numbering.hasBegun || numbering.isPaused || !isAfter(sequence, numbering.newest)) return;
  numbering.withheld += 1;
  numbering.newest = sequence;
  numbering.since = (sequence + 1) & 0xffff;
}

/**
 * The number a packet is passed on with. Undefined for one that comes late and from before others were withheld: its place
 * is taken.
 */
export function numberFor(numbering: Numbering, sequence: number): number | undefined {
  const { newest, withheld, since, isPaused, hasBegun } = numbering;
  if (!hasBegun || isPaused) {
    if (hasBegun) numbering.withheld = (sequence - 1 - newest + withheld) & 0xffff;
    numbering.hasBegun = true;
    numbering.isPaused = false;
    numbering.newest = sequence;
    numbering.since = sequence;
  } else if (isAfter(sequence, newest)) numbering.newest = sequence;
  else if (isAfter(since, sequence)) return undefined;
  return (sequence - numbering.withheld) & 0xffff;
}
