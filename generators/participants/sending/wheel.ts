/** What a participant has to do at a moment of its cycle. */
export interface Beat {
  readonly sound: Act;
  /** Absent for who has no camera on. */
  readonly picture?: Act;
}

/** `due` is when it had to be done, in milliseconds on the clock the wheel is turned by. */
type Act = (due: number) => void;

/** One turn: five packets of sound and three frames of video. */
const TURN = 100;
const SOUND_EVERY = 20;
const PICTURES_AT = [0, 33, 67] as const;
/** Whoever was away for longer does not make up for it: a client whose machine stood still leaves it out, too. */
const MOST_BEHIND = 1_000;

/**
 * Paces hundreds of participants with one timer: a wheel of a hundred slots of a millisecond, on which everybody has
 * their own, turned by whoever is called often enough. A timer each would cost more than the packets.
 */
export class Wheel {
  readonly #slots: readonly Set<Act>[] = Array.from({ length: TURN }, () => new Set<Act>());
  #at: number | undefined;

  /** Puts somebody on the wheel at a place drawn from 0 to 1; returns how to take them off. */
  add({ sound, picture }: Beat, drawn: number): () => void {
    const first = Math.floor(drawn * TURN);
    const entries = [
      ...Array.from({ length: TURN / SOUND_EVERY }, (_, n) => [first + n * SOUND_EVERY, sound] as const),
      ...(picture ? PICTURES_AT.map((after) => [first + after, picture] as const) : []),
    ] as const;
    for (const [place, act] of entries) this.#slots[place % TURN]?.add(act);
    return () => {
      for (const [place, act] of entries) this.#slots[place % TURN]?.delete(act);
    };
  }

  /** Does what has become due since the last call. */
  turn(now: number): void {
    const until = Math.floor(now);
    const from = Math.max(this.#at ?? until, until - MOST_BEHIND);
    for (let due = from; due < until; due += 1) for (const act of this.#slots[due % TURN] ?? []) act(due);
    this.#at = until;
  }
}
