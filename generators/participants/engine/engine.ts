import { Failure } from '../../../core/failure.ts';
import type { Attendee, MediaFacts } from '../../../core/media.ts';
import { derivedSeed } from '../../../core/random.ts';
import { Exhausted } from '../../exhausted.ts';
import { type Pacer, pacer } from '../../pacer.ts';
import { Performer } from '../sending/performer.ts';
import { reelOf } from '../sending/reel.ts';
import { Wheel } from '../sending/wheel.ts';
import { Gathering } from './gathering.ts';
import type { Entrance, Member, Turn } from './member.ts';
import type { Nap } from './nap.ts';

/** One second of all participants. */
export interface EngineSecond {
  readonly second: number;
  /** The longest the loop was away, in milliseconds. */
  readonly lag: number;
  readonly members: readonly (readonly [id: number, facts: MediaFacts])[];
}

export interface EngineOptions<Seat> {
  readonly seed: number;
  readonly enter: Entrance<Seat>;
  readonly now: () => number;
  /** Called when all that was due is done; where there is none, nobody ever sleeps. */
  readonly nap?: Nap;
  readonly tell: (id: number, turn: Turn) => void;
  /** Called once a second, a moment after it ended. */
  readonly tellSecond: (second: EngineSecond) => void;
}

/** How often participants are looked after besides their media, in milliseconds. */
const TEND_EVERY = 25;

interface Present {
  readonly member: Member;
  readonly off: () => void;
}

/** Hundreds of participants in one thread. */
export class Engine<Seat> {
  readonly #options: EngineOptions<Seat>;
  readonly #reel: ReturnType<typeof reelOf>;
  readonly #members = new Map<number, Present>();
  /** Those who are on their way in. */
  readonly #coming = new Set<number>();
  readonly #gatherings = new Map<string, Gathering>();
  readonly #wheel = new Wheel();
  readonly #pacer: Pacer;
  #began: number | undefined;
  #second = 0;
  #tendAt = 0;

  constructor(options: EngineOptions<Seat>) {
    this.#options = options;
    this.#reel = reelOf(options.seed);
    this.#pacer = pacer(() => this.#tick());
  }

  get size(): number {
    return this.#members.size;
  }

  /** Begins to count seconds; `began` is the run's 0. */
  begin(began: number): void {
    this.#began = began;
    this.#second = Math.max(0, Math.floor((this.#options.now() - began) / 1_000));
  }

  /** Somebody comes; what becomes of them is told under their number. */
  async attend(id: number, seat: Seat, attendee: Attendee): Promise<void> {
    const { tell } = this.#options;
    this.#coming.add(id);
    try {
      await this.#enter(id, seat, attendee);
    } catch (thrown) {
      this.#coming.delete(id);
      if (thrown instanceof Exhausted) tell(id, { is: 'exhausted', says: thrown.message });
      else if (thrown instanceof Failure) tell(id, { is: 'refused', kind: thrown.kind, says: thrown.message });
      else throw thrown;
    }
  }

  leave(id: number): void {
    const present = this.#members.get(id);
    if (present) this.#remove(id, present);
    else this.#coming.delete(id);
  }

  stop(): void {
    this.#coming.clear();
    for (const [id, present] of this.#members) this.#remove(id, present);
    this.#pacer.stop();
  }

  async #enter(id: number, seat: Seat, attendee: Attendee): Promise<void> {
    const { seed, now, tell, enter } = this.#options;
    const { meeting, who, size, camera } = attendee;
    const reel = camera ? this.#reel : undefined;
    const member: Member = await enter(seat, {
      ...{ attendee, now, away: () => this.#pacer.away },
      company: (at) => this.#gatherings.get(meeting)?.company(member, at) ?? false,
      turn: (turn) => tell(id, turn),
      performer: (audio, video) => new Performer({ seed, who, audio, video, size, reel }),
    });
    if (!this.#coming.delete(id)) return member.leave();
    const gathering = this.#gatherings.get(meeting) ?? new Gathering();
    gathering.add(member);
    this.#gatherings.set(meeting, gathering);
    const drawn = derivedSeed(seed, `place/${who}`) / 0x100000000;
    const beat = {
      sound: (due: number) => member.sound(due),
      ...(camera && { picture: (due: number) => member.picture(due) }),
    };
    this.#members.set(id, { member, off: this.#wheel.add(beat, drawn) });
  }

  #remove(id: number, { member, off }: Present): void {
    off();
    this.#members.delete(id);
    const { meeting } = member.attendee;
    const gathering = this.#gatherings.get(meeting);
    gathering?.remove(member);
    if (gathering?.size === 0) this.#gatherings.delete(meeting);
    member.leave();
  }

  /** What is due, and the next second when one is over. */
  #tick(): boolean {
    const now = this.#options.now();
    this.#wheel.turn(now);
    if (now >= this.#tendAt) {
      this.#tendAt = now + TEND_EVERY;
      for (const { member } of this.#members.values()) member.tend(now);
    }
    if (this.#began !== undefined && now >= this.#began + (this.#second + 1) * 1_000) this.#tellSecond(now);
    this.#options.nap?.(this.#members.size);
    return true;
  }

  #tellSecond(now: number): void {
    const began = (this.#began ?? 0) + this.#second * 1_000;
    const members = [...this.#members].map(([id, { member }]) => [id, member.take(now, began)] as const);
    this.#options.tellSecond({ second: this.#second, lag: this.#pacer.takeLag(), members });
    this.#second = Math.max(this.#second + 1, Math.floor((now - (this.#began ?? 0)) / 1_000));
  }
}
