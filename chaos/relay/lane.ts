import { sequence } from '../../core/random.ts';
import { type Link, pass, weight } from './link.ts';
import type { Side } from './path.ts';
import { delays, type Stage } from './shape.ts';
import { type Sway, swayOf } from './sway.ts';
import type { Tally } from './tally.ts';
import type { Wheel } from './wheel.ts';

/** One direction of one client's flow: where each datagram meets what its path does to it. */
export interface Lane {
  readonly side: Side;
  readonly tally: Tally;
  readonly send: Send;
  readonly random: () => number;
  readonly sway: Sway;
  readonly link: Link;
  /** What of it is on the way out, in order. */
  waiting: number;
  lastDue: number;
  /** The datagram that the next one will overtake. */
  overtaken: Waiting | undefined;
  closed: boolean;
}

/** Hands a datagram to the network. */
export type Send = (datagram: Buffer) => void;

/** A datagram that goes on later, so many times over; none when another one has taken its place. */
export interface Waiting {
  readonly lane: Lane;
  readonly datagram: Buffer;
  copies: number;
  readonly due: number;
}

/** Where datagrams of all lanes wait, within a bound. */
export interface Room {
  readonly wheel: Wheel<Waiting>;
  /** Bytes held now. */
  held: number;
  readonly most: number;
}

/** How long a datagram waits for another one to overtake it, in milliseconds. */
const PATIENCE = 100;
/** What a waiting datagram costs beside its content, in bytes. */
const OVERHEAD = 512;

/** Makes a lane; all its chances are drawn from its seed, datagram by datagram. */
export function laneOf(side: Side, tally: Tally, send: Send, seed: number): Lane {
  const random = sequence(seed);
  const sway = swayOf(sequence(seed + 1));
  const link = { freeAt: 0 };
  return { side, tally, send, random, sway, link, waiting: 0, lastDue: 0, overtaken: undefined, closed: false };
}

/** Takes a datagram in: it is sent at once, later, twice or never, and counted whatever becomes of it. */
export function accept(lane: Lane, datagram: Buffer, room: Room): void {
  const { side, tally } = lane;
  tally.received += 1;
  tally.receivedBytes += datagram.length;
  if (side.stage !== undefined) impaired(lane, side.stage, datagram, room);
  else if (lane.waiting === 0) lane.send(datagram);
  // What has just been released goes first.
  else wait(room, { lane, datagram, copies: 1, due: performance.now() });
}

function impaired(lane: Lane, stage: Stage, datagram: Buffer, room: Room): void {
  const { tally, random } = lane;
  if (stage.loss > 0 && random() < stage.loss) {
    tally.dropped.loss += 1;
    return;
  }
  const copies = stage.duplicate > 0 && random() < stage.duplicate ? 2 : 1;
  tally.duplicated += copies - 1;
  const now = performance.now();
  const out = throughLinks(lane, stage, weight(datagram.length) * copies, now);
  if (out === undefined) {
    tally.dropped.queue += copies;
    return;
  }
  const due = Math.max(out + delay(lane, stage, out), lane.lastDue);
  if (stage.reorder > 0 && lane.overtaken === undefined && random() < stage.reorder / (1 - stage.reorder)) {
    const late = { lane, datagram, copies, due: due + PATIENCE };
    if (hold(room, late)) lane.overtaken = late;
    return;
  }
  if (due <= now && lane.waiting === 0) sendAll(lane, datagram, copies);
  else wait(room, { lane, datagram, copies, due });
  if (lane.overtaken) overtake(lane, lane.overtaken, due, now, room);
}

/** Its own link comes after the path's, so that what one client has to wait for holds nobody else up. */
function throughLinks(lane: Lane, stage: Stage, bits: number, now: number): number | undefined {
  let out: number | undefined = now;
  if (stage.kilobitsPerSecond !== Number.POSITIVE_INFINITY)
    out = pass(lane.side.link, bits, out, stage.kilobitsPerSecond, stage.queue);
  if (out !== undefined && stage.kilobitsPerSecondEach !== Number.POSITIVE_INFINITY)
    out = pass(lane.link, bits, out, stage.kilobitsPerSecondEach, stage.queue);
  return out;
}

function delay(lane: Lane, stage: Stage, at: number): number {
  if (stage.jitter === 0) return stage.latency;
  const { least, most } = delays(stage);
  const half = (most - least) / 2;
  return least + half + half * lane.sway.position(at, half);
}

/** Sends the datagram that was held back, right behind the one that has just gone ahead of it. */
function overtake(lane: Lane, late: Waiting, due: number, now: number, room: Room): void {
  const { datagram, copies } = late;
  lane.overtaken = undefined;
  lane.tally.reordered += 1;
  // The wheel finds an empty place; what stood there counts anew.
  late.copies = 0;
  lane.side.waiting -= copies;
  room.held -= size(late);
  if (due <= now && lane.waiting === 0) {
    sendAll(lane, datagram, copies);
    return;
  }
  lane.tally.delayed -= 1;
  wait(room, { lane, datagram, copies, due });
}

function wait(room: Room, waiting: Waiting): void {
  if (!hold(room, waiting)) return;
  waiting.lane.waiting += 1;
  waiting.lane.lastDue = waiting.due;
}

function hold(room: Room, waiting: Waiting): boolean {
  const { tally, side } = waiting.lane;
  if (room.held + size(waiting) > room.most) {
    tally.dropped.memory += waiting.copies;
    return false;
  }
  room.held += size(waiting);
  side.waiting += waiting.copies;
  tally.delayed += 1;
  room.wheel.hold(waiting);
  return true;
}

/** Lets go of a datagram whose time has come. */
export function goOn(waiting: Waiting, room: Room): void {
  const { lane, datagram, copies } = waiting;
  if (copies === 0) return;
  room.held -= size(waiting);
  lane.side.waiting -= copies;
  if (lane.overtaken === waiting) lane.overtaken = undefined;
  else lane.waiting -= 1;
  sendAll(lane, datagram, copies);
}

/** Whatever waits in a side goes on now, in order, and what comes afterwards goes behind it. */
export function releaseSide(side: Side, room: Room): void {
  room.wheel.release((waiting) => {
    const { lane } = waiting;
    if (lane.side !== side) return false;
    lane.lastDue = 0;
    lane.link.freeAt = 0;
    if (lane.overtaken === waiting) {
      lane.overtaken = undefined;
      lane.waiting += 1;
    }
    return true;
  });
}

function sendAll(lane: Lane, datagram: Buffer, copies: number): void {
  if (lane.closed) lane.tally.dropped.closed += copies;
  else for (let n = 0; n < copies; n += 1) lane.send(datagram);
}

function size({ datagram }: Waiting): number {
  return datagram.length + OVERHEAD;
}
