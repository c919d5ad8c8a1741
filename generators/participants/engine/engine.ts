import type { Socket } from 'node:dgram';
import { Failure } from '../../../core/failure.ts';
import type { Attendee, MediaFacts, MediaSeat } from '../../../core/media.ts';
import { derivedSeed } from '../../../core/random.ts';
import { Exhausted } from '../../exhausted.ts';
import { type Pacer, pacer } from '../../pacer.ts';
import type { Reach } from '../../transports/wire.ts';
import { Performer } from '../sending/performer.ts';
import { reelOf } from '../sending/reel.ts';
import { Wheel } from '../sending/wheel.ts';
import { Gathering } from './gathering.ts';
import { Participant, type Turn } from './participant.ts';
import { mediaSockets } from './socket.ts';

/** What became of one participant, or that the machine had nothing more to give them. */
export type Told = Turn | { readonly is: 'exhausted'; readonly says: string };

/** One second of all participants. */
export interface EngineSecond {
  readonly second: number;
  /** The longest the loop was away, in milliseconds. */
  readonly lag: number;
  readonly members: readonly (readonly [id: number, facts: MediaFacts])[];
}

export interface EngineOptions {
  readonly seed: number;
  readonly reach: Reach;
  readonly now: () => number;
  readonly tell: (id: number, told: Told) => void;
  /** Called once a second, a moment after it ended. */
  readonly tellSecond: (second: EngineSecond) => void;
}

/** How often participants are looked after besides their media, in milliseconds. */
const TEND_EVERY = 25;

interface Member {
  readonly participant: Participant;
  readonly seat: MediaSeat;
  readonly off: () => void;
}

/** Hundreds of RTP participants in one thread, each with a socket of its own. */
export class Engine {
  readonly #options: EngineOptions;
  readonly #open: ReturnType<typeof mediaSockets>;
  readonly #reel: ReturnType<typeof reelOf>;
  readonly #members = new Map<number, Member>();
  /** Those whose socket is being opened. */
  readonly #coming = new Set<number>();
  readonly #gatherings = new Map<string, Gathering>();
  readonly #partners = new Map<number, number>();
  readonly #wheel = new Wheel();
  readonly #pacer: Pacer;
  #began: number | undefined;
  #second = 0;
  #tendAt = 0;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#open = mediaSockets(options.reach);
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
  async attend(id: number, seat: MediaSeat, attendee: Attendee): Promise<void> {
    const { tell } = this.#options;
    this.#coming.add(id);
    try {
      const socket = await this.#open(seat.host, seat.port);
      if (this.#coming.delete(id)) this.#seated(id, seat, attendee, socket);
      else socket.close();
    } catch (thrown) {
      this.#coming.delete(id);
      if (thrown instanceof Exhausted) tell(id, { is: 'exhausted', says: thrown.message });
      else if (thrown instanceof Failure) tell(id, { is: 'refused', kind: thrown.kind, says: thrown.message });
      else throw thrown;
    }
  }

  leave(id: number): void {
    const member = this.#members.get(id);
    if (member) this.#remove(id, member);
    else this.#coming.delete(id);
  }

  stop(): void {
    this.#coming.clear();
    for (const [id, member] of this.#members) this.#remove(id, member);
    this.#pacer.stop();
  }

  #seated(id: number, seat: MediaSeat, attendee: Attendee, socket: Socket): void {
    const { seed, now, tell } = this.#options;
    const gathering = this.#gatherings.get(attendee.meeting) ?? new Gathering();
    const { audio, video } = seat;
    const reel = attendee.camera ? this.#reel : undefined;
    const performer = new Performer({ seed, who: attendee.who, audio, video, size: attendee.size, reel });
    const participant: Participant = new Participant({
      ...{ seat, attendee, socket, performer, now, partners: this.#partners },
      company: (at) => gathering.company(participant, at),
      turn: (turn) => tell(id, turn),
    });
    socket.on('error', () => participant.refused());
    gathering.add(participant);
    this.#gatherings.set(attendee.meeting, gathering);
    this.#partners.set(video, audio);
    const drawn = derivedSeed(seed, `place/${attendee.who}`) / 0x100000000;
    const off = this.#wheel.add(
      { sound: (due) => participant.sound(due), picture: (due) => participant.picture(due) },
      drawn,
    );
    this.#members.set(id, { participant, seat, off });
  }

  #remove(id: number, { participant, seat, off }: Member): void {
    off();
    this.#partners.delete(seat.video);
    this.#members.delete(id);
    const { meeting } = participant.attendee;
    const gathering = this.#gatherings.get(meeting);
    gathering?.remove(participant);
    if (gathering?.size === 0) this.#gatherings.delete(meeting);
    participant.leave();
  }

  /** What is due, and the next second when one is over. */
  #tick(): boolean {
    const now = this.#options.now();
    this.#wheel.turn(now);
    if (now >= this.#tendAt) {
      this.#tendAt = now + TEND_EVERY;
      for (const { participant } of this.#members.values()) participant.tend(now);
    }
    if (this.#began !== undefined && now >= this.#began + (this.#second + 1) * 1_000) this.#tellSecond(now);
    return true;
  }

  #tellSecond(now: number): void {
    const began = (this.#began ?? 0) + this.#second * 1_000;
    const members = [...this.#members].map(([id, { participant }]) => [id, participant.take(now, began)] as const);
    this.#options.tellSecond({ second: this.#second, lag: this.#pacer.takeLag(), members });
    this.#second = Math.max(this.#second + 1, Math.floor((now - (this.#began ?? 0)) / 1_000));
  }
}
