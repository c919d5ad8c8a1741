import { setTimeout as sleep } from 'node:timers/promises';
import type { RtpSeat } from '../../../../core/media.ts';
import type { MediaSettings } from '../../media/settings.ts';
import type { MediaAddress } from '../order.ts';
import type { Member } from '../rooms.ts';
import { type Bench, type Held, openBench } from './bench.ts';
import { newSeat } from './new-seat.ts';
import { hasRoom, isRefuge, placeFor } from './placement.ts';

/** Nobody has room, or nobody is there. */
export type NoSeat = 'full' | 'no-media';

export interface SchedulerOptions {
  readonly servers: readonly MediaAddress[];
  readonly settings: MediaSettings;
  readonly log: (line: string) => void;
}

/** The meetings of a media server that was lost are moved one after another, so long apart, in milliseconds. */
const APART = 50;

/** A media server whose event loop is later than this, so many times in a row that it tells, is slow: milliseconds. */
const SLOW = 60;
const SLOW_FOR = 6;

interface Gathering {
  readonly bench: Bench;
  readonly members: Set<Member>;
}

/** Gives participants their seats on the media servers, all of a meeting on the same one. */
export class Scheduler {
  readonly #settings: MediaSettings;
  readonly #benches: Bench[] = [];
  readonly #gatherings = new Map<string, Gathering>();
  readonly #seats = new Map<Member, { readonly held: Held; readonly bench: Bench }>();
  /** Those whose media server was lost, and who are to be given another one. */
  readonly #moving = new Set<Member>();
  /** How many times in a row each media server has been late. */
  readonly #late = new Map<Bench, number>();
  #turn = 0;
  /** Since the start: how often a media server was lost, with how many seats, and how many seats were moved. */
  readonly counts = { lost: 0, seatsLost: 0, seatsMoved: 0 };

  private constructor(settings: MediaSettings) {
    this.#settings = settings;
  }

  /** Opens the lines to all media servers; resolves when they are open. */
  static async open({ servers, settings, log }: SchedulerOptions): Promise<Scheduler> {
    const scheduler = new Scheduler(settings);
    const opened = servers.map(async (server, index) => {
      scheduler.#benches[index] = await openBench({
        ...{ server, patience: settings.answersWithin, log },
        ended: (held) => scheduler.#forget(held),
        busy: () => scheduler.#relieve(scheduler.#benches[index]),
        lost: (held) => void scheduler.#lost(held),
      });
    });
    await Promise.all(opened);
    return scheduler;
  }

  /** Media servers that are there. */
  get servers(): number {
    return this.#benches.filter(({ isOpen }) => isOpen).length;
  }

  /** A seat for somebody in a meeting, or why there is none. */
  async seat(meeting: string, member: Member): Promise<RtpSeat | NoSeat> {
    const gathering = this.#gatheringOf(meeting);
    if (typeof gathering === 'string') return gathering;
    const { bench, members } = gathering;
    const held = newSeat(meeting, member);
    members.add(member);
    this.#seats.set(member, { held, bench });
    if (!(await bench.keep(held))) {
      this.#forget(held);
      return 'no-media';
    }
    const { key, audio, video } = held;
    const { host, port } = bench.server;
    return { host, port, key, audio, video };
  }

  /** Gives up the seat of somebody, if they have one. */
  release(member: Member): void {
    this.#moving.delete(member);
    const seat = this.#seats.get(member);
    if (!seat) return;
    seat.bench.giveUp(seat.held);
    this.#forget(seat.held);
  }

  #gatheringOf(meeting: string): Gathering | NoSeat {
    const known = this.#gatherings.get(meeting);
    if (known) return hasRoom(known.bench, this.#settings) ? known : 'full';
    const chosen = placeFor(this.#benches, this.#settings, this.#turn);
    if (typeof chosen === 'string') return chosen;
    const bench = this.#benches[chosen];
    if (!bench) return 'no-media';
    this.#turn += 1;
    const gathering = { bench, members: new Set<Member>() };
    this.#gatherings.set(meeting, gathering);
    return gathering;
  }

  #forget({ member, meeting, key }: Held): void {
    if (this.#seats.get(member)?.held.key !== key) return;
    this.#seats.delete(member);
    const gathering = this.#gatherings.get(meeting);
    gathering?.members.delete(member);
    if (gathering?.members.size === 0) this.#gatherings.delete(meeting);
  }

  /** Tells those whose media server is lost, or gives them seats on another one and tells them these. */
  async #lost(all: readonly Held[]): Promise<void> {
    this.counts.lost += 1;
    this.counts.seatsLost += all.length;
    for (const held of all) this.#forget(held);
    if (!this.#settings.movesMeetings) {
      for (const { member } of all) member.tell(LOST);
      return;
    }
    for (const { member } of all) this.#moving.add(member);
    for (const meeting of new Set(all.map(({ meeting }) => meeting))) {
      await Promise.all(all.filter((held) => held.meeting === meeting).map((held) => this.#move(held)));
      await sleep(APART);
    }
  }

  /** Moves one meeting away from a media server that has been slow for a while, if there is a better place for it. */
  #relieve(slow: Bench | undefined): void {
    if (!slow || !this.#settings.movesMeetings) return;
    const times = slow.busyness.late > SLOW ? (this.#late.get(slow) ?? 0) + 1 : 0;
    this.#late.set(slow, times);
    if (times < SLOW_FOR) return;
    const [refuge] = this.#benches
      .filter((other) => isRefuge(other, slow, this.#settings))
      .toSorted((a, b) => a.seats - b.seats);
    const found = [...this.#gatherings].find(([, { bench, members }]) => bench === slow && members.size > 0);
    if (refuge && found) void this.#relocate(found[0], found[1], refuge);
  }

  async #relocate(meeting: string, { members }: Gathering, bench: Bench): Promise<void> {
    const all = [...members].flatMap((member) => this.#seats.get(member)?.held ?? []);
    for (const { member } of all) this.release(member);
    const gathering = { bench, members: new Set<Member>() };
    this.#gatherings.set(meeting, gathering);
    for (const { member } of all) this.#moving.add(member);
    await Promise.all(all.map((held) => this.#move(held)));
    // Everybody may have left meanwhile.
    if (gathering.members.size === 0) this.#gatherings.delete(meeting);
  }

  async #move({ meeting, member }: Held): Promise<void> {
    if (!this.#moving.has(member)) return;
    const media = await this.seat(meeting, member);
    // Who has left meanwhile has given the new seat up, too.
    if (!this.#moving.delete(member)) return;
    if (typeof media === 'string') member.tell(LOST);
    else {
      this.counts.seatsMoved += 1;
      member.tell(JSON.stringify({ type: 'media', media }));
    }
  }
}

const LOST = JSON.stringify({ type: 'media-lost' });
