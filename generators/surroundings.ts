import type { Acknowledged } from '../core/acknowledged.ts';
import type { PlannedHabits } from '../core/plan.ts';
import type { OperationClass } from '../core/profile.ts';
import type { Meeting, MeetingWish } from '../core/target.ts';
import type { Book } from './book.ts';
import type { Stays } from './stays.ts';

/** Everything virtual users of one worker share. */
export interface Surroundings {
  readonly seed: number;
  readonly habits: PlannedHabits;
  readonly deadlines: ReadonlyMap<OperationClass, number>;
  readonly book: Book;
  readonly signal: AbortSignal;
  /** Meetings that were there before the run began. */
  readonly rooms: readonly Meeting[];
  readonly stays: Stays;
  /** The meetings that a scenario's residents have opened. */
  meetingsOf(scenario: string): readonly Meeting[];
  /** Milliseconds on the run's clock. */
  now(): number;
  /** How long the worker's loop has been away in all, in milliseconds: what waits meanwhile is not the target's. */
  away?(): number;
  /** Waits on the run's clock; rejects when the run stops. */
  pause(ms: number): Promise<void>;
  /** What the arrival of a number in a scenario wants. */
  wish(scenario: string, index: number): MeetingWish;
  acknowledged(what: Acknowledged): void;
}
