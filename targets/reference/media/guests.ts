import { emptySeat, type Seat, type SeatTerms, streamsOf } from './seat.ts';

/** Those of a meeting who sit at the media server of another region, and whose media come from there. */
export class Guests {
  readonly #byKey = new Map<string, Seat>();
  readonly #bySsrc = new Map<number, Seat>();
  readonly #byMeeting = new Map<string, Set<Seat>>();

  get size(): number {
    return this.#byKey.size;
  }

  /** Expects somebody's media; a key that is known already changes nothing. */
  expect(terms: SeatTerms, now: number): void {
    if (this.#byKey.has(terms.key)) return;
    const seat = emptySeat(terms, false, now);
    this.#byKey.set(seat.key, seat);
    for (const { ssrc } of streamsOf(seat)) this.#bySsrc.set(ssrc, seat);
    const all = this.#byMeeting.get(seat.meeting) ?? new Set();
    this.#byMeeting.set(seat.meeting, all.add(seat));
  }

  /** Whose stream an SSRC is. */
  withSsrc(ssrc: number): Seat | undefined {
    return this.#bySsrc.get(ssrc);
  }

  of(meeting: string): readonly Seat[] {
    return [...(this.#byMeeting.get(meeting) ?? [])];
  }

  /** Expects nothing more of a key; undefined when nothing was. */
  giveUp(key: string): Seat | undefined {
    const seat = this.#byKey.get(key);
    if (!seat) return undefined;
    this.#byKey.delete(key);
    for (const { ssrc } of streamsOf(seat)) this.#bySsrc.delete(ssrc);
    const all = this.#byMeeting.get(seat.meeting);
    all?.delete(seat);
    if (all?.size === 0) this.#byMeeting.delete(seat.meeting);
    return seat;
  }

  clear(): void {
    for (const all of [this.#byKey, this.#bySsrc, this.#byMeeting]) all.clear();
  }
}
