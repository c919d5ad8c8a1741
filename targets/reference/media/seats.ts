import type { Address } from './address.ts';
import { emptyMeeting, type Meeting } from './meeting.ts';
import { emptySeat, type Seat, type SeatTerms, streamsOf } from './seat.ts';

/** Every seat of a media server: by its key, and by the address of whoever has taken it. */
export class Seats {
  readonly #audioFirst: boolean;
  readonly #byKey = new Map<string, Seat>();
  /** By host and then by port: one text of both would have to be made for every datagram. */
  readonly #byHost = new Map<string, Map<number, Seat>>();
  readonly #bySsrc = new Map<number, Seat>();
  readonly #meetings = new Map<string, Meeting>();

  constructor(audioFirst: boolean) {
    this.#audioFirst = audioFirst;
  }

  get size(): number {
    return this.#byKey.size;
  }

  /** How many have taken their seat. */
  get taken(): number {
    let taken = 0;
    for (const ofHost of this.#byHost.values()) taken += ofHost.size;
    return taken;
  }

  get meetings(): ReadonlyMap<string, Meeting> {
    return this.#meetings;
  }

  /** Each of them; the one just told may be given up. */
  all(): IterableIterator<Seat> {
    return this.#byKey.values();
  }

  at(host: string, port: number): Seat | undefined {
    return this.#byHost.get(host)?.get(port);
  }

  /** Whose stream an SSRC is. */
  withSsrc(ssrc: number): Seat | undefined {
    return this.#bySsrc.get(ssrc);
  }

  /** The meeting of a seat that is kept. */
  meetingOf({ meeting: id }: Seat): Meeting {
    const meeting = this.#meetings.get(id);
    if (!meeting) throw new Error('a seat without a meeting');
    return meeting;
  }

  /** Keeps a seat for somebody who is to come; a key that is known already keeps the one it has. */
  keep(terms: SeatTerms, now: number): void {
    if (this.#byKey.has(terms.key)) return;
    const seat = emptySeat(terms, this.#audioFirst, now);
    const meeting = this.#meetings.get(terms.meeting) ?? emptyMeeting(terms.meeting);
    meeting.seats.add(seat);
    this.#byKey.set(seat.key, seat);
    for (const { ssrc } of streamsOf(seat)) this.#bySsrc.set(ssrc, seat);
    this.#meetings.set(meeting.id, meeting);
  }

  /** Takes the seat of a key from an address, be it another one than before. */
  take(key: string, { host, port }: Address): Seat | undefined {
    const seat = this.#byKey.get(key);
    if (!seat) return undefined;
    const { lane } = seat;
    if (lane.address?.host === host && lane.address.port === port) return seat;
    const other = this.at(host, port);
    if (other) this.#vacate(other);
    if (lane.address) this.#vacate(seat);
    lane.address = { host, port };
    const ofHost = this.#byHost.get(host) ?? new Map<number, Seat>();
    this.#byHost.set(host, ofHost.set(port, seat));
    const meeting = this.meetingOf(seat);
    meeting.present = [...meeting.present, seat];
    return seat;
  }

  /** Gives a seat up; undefined when there is none of that key. */
  giveUp(key: string): Seat | undefined {
    const seat = this.#byKey.get(key);
    if (!seat) return undefined;
    const meeting = this.meetingOf(seat);
    this.#vacate(seat);
    this.#byKey.delete(key);
    for (const { ssrc } of streamsOf(seat)) this.#bySsrc.delete(ssrc);
    meeting.seats.delete(seat);
    if (meeting.seats.size === 0) this.#meetings.delete(meeting.id);
    return seat;
  }

  #vacate(seat: Seat): void {
    const { address } = seat.lane;
    if (!address) return;
    seat.lane.address = undefined;
    const ofHost = this.#byHost.get(address.host);
    ofHost?.delete(address.port);
    if (ofHost?.size === 0) this.#byHost.delete(address.host);
    const meeting = this.meetingOf(seat);
    meeting.present = meeting.present.filter((other) => other !== seat);
    const { speakers, before } = meeting.stage;
    meeting.stage = {
      speakers: speakers.filter((other) => other !== seat),
      before: before === seat ? undefined : before,
    };
  }
}
