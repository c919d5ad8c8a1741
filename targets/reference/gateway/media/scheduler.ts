import { setTimeout as sleep } from 'node:timers/promises';
import type { RtpSeat } from '../../../../core/media.ts';
import type { MediaSettings } from '../../media/settings.ts';
import type { MediaAddress } from '../order.ts';
import type { Member } from '../rooms.ts';
import { type Bench, type Held, openBench } from './bench.ts';
import { Bridges } from './bridges.ts';
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
  /** Those of a meeting who are in one region, or did not say where, by both. */
  readonly #gatherings = new Map<string, Gathering>();
  readonly #bridges = new Bridges();
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

  /** A seat for somebody in a meeting, in their region where that has media servers, or why there is none. */
  async seat(meeting: string, member: Member, from?: string): Promise<RtpSeat | NoSeat> {
    const region = this.#benches.some(({ server }) => server.region === from) ? from : undefined;
    const gathering = this.#gatheringOf(meeting, region);
    if (typeof gathering === 'string') return gathering;
    const { bench, members } = gathering;
    const held = newSeat(meeting, region, member);
    members.add(member);
    this.#seats.set(member, { held, bench });
    if (!(await bench.keep(held))) {
      this.#forget(held);
      return 'no-media';
    }
    this.#bridges.put(held, bench);
    const { key, audio, video } = held;
    const { host, port } = bench.server;
    return { host, port, key, audio, video };
  }

  /** Where the media server of a seat is that somebody has; undefined for a key that is nobody's. */
  serverOf(key: string): { readonly host: string; readonly port: number } | undefined {
    return [...this.#seats.values()].find(({ held }) => held.key === key)?.bench.server;
  }

  /** Gives up the seat of somebody, if they have one. */
  release(member: Member): void {
    this.#moving.delete(member);
    const seat = this.#seats.get(member);
    if (!seat) return;
    seat.bench.giveUp(seat.held);
    this.#forget(seat.held);
  }

  #gatheringOf(meeting: string, region: string | undefined): Gathering | NoSeat {
    const name = gatheringName({ meeting, region });
    const known = this.#gatherings.get(name);
    if (known) return hasRoom(known.bench, this.#settings) ? known : 'full';
    const bench = this.#benchIn(region);
    if (typeof bench === 'string') return bench;
    this.#turn += 1;
    const gathering = { bench, members: new Set<Member>() };
    this.#gatherings.set(name, gathering);
    return gathering;
  }

  /** A media server in a region, or anywhere when there is none that is open there and has room. */
  #benchIn(region: string | undefined): Bench | NoSeat {
    const near = this.#benches.filter(({ server }) => region === undefined || server.region === region);
    const chosen = placeFor(near, this.#settings, this.#turn);
    if (typeof chosen !== 'string') return near[chosen] ?? 'no-media';
    return region === undefined ? chosen : this.#benchIn(undefined);
  }

  #forget(held: Held): void {
    const { member, key } = held;
    const seat = this.#seats.get(member);
    if (seat?.held.key !== key) return;
    this.#seats.delete(member);
    this.#bridges.drop(seat.held, seat.bench);
    const name = gatheringName(held);
    const gathering = this.#gatherings.get(name);
    gathering?.members.delete(member);
    if (gathering?.members.size === 0) this.#gatherings.delete(name);
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

  async #relocate(name: string, { members }: Gathering, bench: Bench): Promise<void> {
    const all = [...members].flatMap((member) => this.#seats.get(member)?.held ?? []);
    for (const { member } of all) this.release(member);
    const gathering = { bench, members: new Set<Member>() };
    this.#gatherings.set(name, gathering);
    for (const { member } of all) this.#moving.add(member);
    await Promise.all(all.map((held) => this.#move(held)));
    // Everybody may have left meanwhile.
    if (gathering.members.size === 0) this.#gatherings.delete(name);
  }

  async #move({ meeting, member, region }: Held): Promise<void> {
    if (!this.#moving.has(member)) return;
    const media = await this.seat(meeting, member, region);
    // Who has left meanwhile has given the new seat up, too.
    if (!this.#moving.delete(member)) return;
    if (typeof media === 'string') member.tell(LOST);
    else {
      this.counts.seatsMoved += 1;
      member.tell(JSON.stringify({ type: 'media', media }));
    }
  }
}

function gatheringName({ meeting, region }: Pick<Held, 'meeting' | 'region'>): string {
  return region === undefined ? meeting : `${meeting}@${region}`;
}

const LOST = JSON.stringify({ type: 'media-lost' });
