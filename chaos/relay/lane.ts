import { sequence } from '../../core/random.ts';
import { pass, weight } from './link.ts';
import type { Side } from './path.ts';
import { delays, OVERTAKEN, QUEUE, type Stage } from './shape.ts';
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
  due: number;
}

/** Where datagrams of all lanes wait, within a bound. */
export interface Room {
  readonly wheel: Wheel<Waiting>;
  /** Bytes held now. */
  held: number;
  readonly most: number;
}

/** What a waiting datagram costs beside its content, in bytes. */
const OVERHEAD = 512;
/** How many of those that an impairment has held go on in a millisecond after it: all at once would flood whoever listens. */
const RELEASED = 50;

/** Makes a lane; all its chances are drawn from its seed, datagram by datagram. */
export function laneOf(side: Side, tally: Tally, send: Send, seed: number): Lane {
  const [random, sway] = [sequence(seed), swayOf(sequence(seed + 1))];
  return { side, tally, send, random, sway, waiting: 0, lastDue: 0, overtaken: undefined, closed: false };
}

/** Takes a datagram in: it is sent at once, later, twice or never, and counted whatever becomes of it. */
export function accept(lane: Lane, datagram: Buffer, room: Room): void {
  const { side, tally } = lane;
  tally.received += 1;
  tally.receivedBytes += datagram.length;
  if (side.stage !== undefined) impaired(lane, side.stage, datagram, room);
  else if (lane.waiting === 0) lane.send(datagram);
  // What has been held goes first.
  else onward(lane, datagram, 1, 0, room);
}

function impaired(lane: Lane, stage: Stage, datagram: Buffer, room: Room): void {
  const { tally, random, side } = lane;
  if (stage.loss > 0 && random() < stage.loss) {
    tally.dropped.loss += 1;
    return;
  }
  const copies = stage.duplicate > 0 && random() < stage.duplicate ? 2 : 1;
  tally.duplicated += copies - 1;
  const now = performance.now();
  const out = pass(side.link, weight(datagram.length) * copies, now, stage.kilobitsPerSecond, QUEUE);
  if (out === undefined) {
    tally.dropped.bandwidth += copies;
    return;
  }
  const due = out + delay(lane, stage, out);
  // Of those that do not overtake themselves, so many more have to be overtaken.
  if (stage.reorder > 0 && lane.overtaken === undefined && random() < stage.reorder / (1 - stage.reorder)) {
    const late = { lane, datagram, copies, due: Math.max(due, lane.lastDue) + OVERTAKEN };
    if (hold(room, late)) lane.overtaken = late;
    return;
  }
  onward(lane, datagram, copies, due, room);
  if (lane.overtaken) overtake(lane, lane.overtaken, due, room);
}

function delay(lane: Lane, stage: Stage, at: number): number {
  if (stage.jitter === 0) return stage.latency;
  const { least, most } = delays(stage);
  const half = (most - least) / 2;
  return least + half + half * lane.sway.position(at, half);
}

/** Sends a datagram when it is due, and behind everything of its lane that waits. */
function onward(lane: Lane, datagram: Buffer, copies: number, due: number, room: Room): void {
  if (lane.waiting === 0 && due <= performance.now()) {
    sendAll(lane, datagram, copies);
    return;
  }
  const waiting = { lane, datagram, copies, due: Math.max(due, lane.lastDue) };
  if (!hold(room, waiting)) return;
  lane.waiting += 1;
  lane.lastDue = waiting.due;
}

/** Sends the datagram that was held back, right behind the one that has just gone ahead of it. */
function overtake(lane: Lane, late: Waiting, due: number, room: Room): void {
  const { datagram, copies } = late;
  unhold(late, room);
  // The wheel finds an empty place.
  late.copies = 0;
  lane.overtaken = undefined;
  lane.tally.reordered += copies;
  onward(lane, datagram, copies, due, room);
}

function hold(room: Room, waiting: Waiting): boolean {
  const { tally, side } = waiting.lane;
  if (room.held + size(waiting) > room.most) {
    tally.dropped.memory += waiting.copies;
    return false;
  }
  room.held += size(waiting);
  side.waiting += waiting.copies;
  room.wheel.hold(waiting);
  return true;
}

function unhold(waiting: Waiting, room: Room): void {
  room.held -= size(waiting);
  waiting.lane.side.waiting -= waiting.copies;
}

/** Lets go of a datagram whose time has come. */
export function goOn(waiting: Waiting, room: Room): void {
  const { lane, datagram, copies } = waiting;
  if (copies === 0) return;
  unhold(waiting, room);
  if (lane.overtaken === waiting) lane.overtaken = undefined;
  else lane.waiting -= 1;
  sendAll(lane, datagram, copies);
}

/** Whatever waits in a side goes on now, in order, and what comes afterwards goes behind it. */
export function releaseSide(side: Side, room: Room): void {
  const now = performance.now();
  for (const [index, waiting] of room.wheel.take(({ lane }) => lane.side === side).entries()) {
    const { lane } = waiting;
    if (lane.overtaken === waiting) {
      lane.overtaken = undefined;
      lane.waiting += 1;
    }
    waiting.due = now + index / RELEASED;
    lane.lastDue = waiting.due;
    room.wheel.hold(waiting);
  }
}

function sendAll(lane: Lane, datagram: Buffer, copies: number): void {
  if (lane.closed) lane.tally.dropped.closed += copies;
  else for (let n = 0; n < copies; n += 1) lane.send(datagram);
}

function size({ datagram }: Waiting): number {
  return datagram.length + OVERHEAD;
}
