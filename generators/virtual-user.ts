import type { Acknowledged } from '../core/acknowledged.ts';
import type { Person } from '../core/person.ts';
import type { OperationClass } from '../core/profile.ts';
import type { Meeting, MeetingWish } from '../core/target.ts';
import type { Equipped } from './journeys/journey.ts';
import type { Presence, Seating } from './presence.ts';

/** What a journey works with: one person, what they can do, and what they find. */
export interface VirtualUser extends Seating {
  readonly person: Person;
  readonly client: Equipped;
  /** The meeting this person goes to of those that were there before the run began, if any. */
  room(): Meeting | undefined;
  /** The meeting this person wants; always the same one. */
  wish(): MeetingWish;
  /** A number in [0, 1), always the same for this arrival and this name. */
  draw(name: string): number;
  /**
   * Does one operation as a person does: waits as long as their patience lasts, tries again as is their habit, and is
   * counted in a class. Throws StepFailed when they give up; the journey ends there.
   */
  step<T>(name: OperationClass, work: () => Promise<T>): Promise<T>;
  /**
   * Says what the steps to come are for: that step counts from when this arrival is due, and has failed when one on the way
   * to it does.
   */
  comesFor(name: OperationClass): void;
  /** The meeting this arrival has a place in. */
  meeting(): Meeting;
  /** Where they are while they are in it, if that was planned. */
  region(): string | undefined;
  /** Their place among those who are planned to be in it: who is to come first has 0. */
  place(): number;
  /**
   * Joins, and stays as long as is planned; joins anew whenever the meeting is lost. Every planned second counts in the
   * class `media`, from the deadline of joining on, unless the join is refused in so many words.
   */
  stay(enter: () => Promise<Presence>): Promise<void>;
  /** Notes what the target has acknowledged, to be asked for afterwards. */
  acknowledged(what: Acknowledged): void;
}
