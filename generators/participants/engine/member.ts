import type { FailureKind } from '../../../core/failure.ts';
import type { Attendee, Entry, MediaFacts } from '../../../core/media.ts';
import type { Performer } from '../sending/performer.ts';

/** A participant as the engine drives it. */
export interface Member {
  readonly attendee: Attendee;
  /** When the server accepted the seat, in milliseconds. */
  readonly boundAt: number | undefined;
  /** False for who only listens, and is nobody that others could hear. */
  readonly speaks?: boolean;
  /** Sends 20 ms of sound, once there is a seat. */
  sound(due: number): void;
  picture(due: number): void;
  /** Does what is due besides media; called every few dozen milliseconds. */
  tend(now: number): void;
  /** What was measured since this was last asked, in a second that began at `from`; who came within it was not in yet. */
  take(now: number, from: number): MediaFacts;
  /** Says goodbye and is gone. */
  leave(): void;
}

/** What becomes of a participant. */
export type Turn =
  | { readonly is: 'in' }
  /** What can be told of how they came in; after they are in. */
  | { readonly is: 'settled'; readonly entry: Entry }
  | { readonly is: 'refused'; readonly kind: FailureKind; readonly says: string }
  | { readonly is: 'lost'; readonly says: string }
  /** The machine, or what we put between, had nothing more to give them. */
  | { readonly is: 'exhausted'; readonly says: string };

/** What the engine gives somebody who comes. */
export interface Welcome {
  readonly attendee: Attendee;
  readonly now: () => number;
  /** How long the engine's loop has been away in all, in milliseconds. */
  readonly away: () => number;
  /** Whether somebody else of the meeting had been there for long enough, at a moment, to be heard. */
  readonly company: (at: number) => boolean;
  readonly turn: (turn: Turn) => void;
  /** What they send, with the SSRCs of their sound and picture. */
  performer(audio: number, video: number): Performer;
}

/** Makes a participant of who comes; throws a Failure, or Exhausted, when that is not possible. */
export type Entrance<Seat> = (seat: Seat, welcome: Welcome) => Promise<Member>;
