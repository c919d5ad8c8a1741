/** How long what comes waits before it is read: told by what a media server sends to itself. */
export interface Knock {
  /** When it last knocked, and has not heard it yet; milliseconds. */
  knockedAt: number | undefined;
  /** The longest it waited since it was last asked. */
  longest: number;
}

/** A datagram that nobody else begins with. */
export const KNOCK = Buffer.from([0xf3]);

/** What was not heard for so long is lost, in milliseconds: there was no more room for it. */
const LOST = 1_000;

/** Nobody has knocked yet. */
export function noKnock(): Knock {
  return { knockedAt: undefined, longest: 0 };
}

/** Knocks again once the last one was heard, or is lost. */
export function knock(knocking: Knock, send: (datagram: Buffer) => void, now: number): void {
  if (knocking.knockedAt !== undefined && now - knocking.knockedAt < LOST) return;
  knocking.longest = longestOf(knocking, now);
  knocking.knockedAt = now;
  send(KNOCK);
}

/** It was heard. */
export function heardKnock(knocking: Knock, now: number): void {
  knocking.longest = longestOf(knocking, now);
  knocking.knockedAt = undefined;
}

/** The longest wait since this was last asked, one that is not over yet included; milliseconds. */
export function takeWait(knocking: Knock, now: number): number {
  const longest = longestOf(knocking, now);
  knocking.longest = 0;
  return longest;
}

function longestOf({ knockedAt = Number.POSITIVE_INFINITY, longest }: Knock, now: number): number {
  return Math.max(longest, now - knockedAt);
}
