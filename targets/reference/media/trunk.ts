import type { Socket } from 'node:dgram';
import type { PeerTerms } from './order.ts';
import { ASK_EVERY, answered, asked, delayOf, newRoute, type Route } from './route.ts';
import type { MediaSettings } from './settings.ts';

/** The ways between regions: sound has its own, and pictures have theirs, or both take the better one. */
export const ROUTES = ['audio', 'video'] as const;
type Kind = (typeof ROUTES)[number];

/** What leads to the media servers of other regions. */
export interface Trunk {
  readonly settings: Pick<MediaSettings, 'routes' | 'audioFirst'>;
  readonly peers: Map<string, Peer>;
  /** Where the media of a meeting go besides. */
  readonly bridges: Map<string, readonly Peer[]>;
  /** What has been asked of which route. */
  readonly questions: Map<number, Route>;
  asked: number;
}

/** Another media server. */
export interface Peer {
  readonly name: string;
  readonly region: string;
  readonly routes: readonly [Route, Route];
  /** Which of them is the better one. */
  best: 0 | 1;
}

/** A trunk that leads nowhere. */
export function emptyTrunk(settings: Trunk['settings']): Trunk {
  return { settings, peers: new Map(), bridges: new Map(), questions: new Map(), asked: 0 };
}

/** From now on a meeting's media go to these servers as well; to none when there are none. */
export function bridge(trunk: Trunk, meeting: string, terms: readonly PeerTerms[]): void {
  if (terms.length === 0) trunk.bridges.delete(meeting);
  else
    trunk.bridges.set(
      meeting,
      terms.map((each) => peerOf(trunk, each)),
    );
}

/** Forgets all meetings; how long the ways take is still asked. */
export function clearBridges({ bridges }: Trunk): void {
  bridges.clear();
}

function peerOf({ peers, settings }: Trunk, { name, region, routes: [first, second] }: PeerTerms): Peer {
  const known = peers.get(name);
  // One that is reached another way now is measured anew.
  if (known?.routes[0].address.port === first.port && known.routes[1].address.port === second.port) return known;
  const made = (terms: typeof first) => newRoute(terms.name, terms, settings.audioFirst);
  const peer: Peer = { name, region, routes: [made(first), made(second)], best: 0 };
  peers.set(name, peer);
  return peer;
}

/** The way that sound, or a picture, takes. */
export function routeFor({ settings }: Trunk, { routes, best }: Peer, kind: Kind): Route {
  if (settings.routes === 'together') return routes[best];
  return routes[kind === 'audio' ? 0 : 1];
}

/** The other way has to be shorter by so much before it is taken, in milliseconds. */
const HYSTERESIS = 20;

/** What asks how long a route takes, and what answers that: a mark that no other datagram begins with, and a number. */
const QUESTION = 0xf1;
const ANSWER = 0xf2;
const LENGTH = 8;

/** Asks all routes that it is time for, each from its own socket, and sees which is the better one. */
export function measure(trunk: Trunk, sockets: readonly Socket[], now: number): void {
  for (const peer of trunk.peers.values()) {
    for (const [index, route] of peer.routes.entries())
      if (now - route.askedAt >= ASK_EVERY) ask(trunk, route, sockets[index], now);
    const [first, second] = peer.routes.map((route) => delayOf(route, now)) as [number, number];
    const [own, other] = peer.best === 0 ? [first, second] : [second, first];
    if (other + HYSTERESIS < own) peer.best = peer.best === 0 ? 1 : 0;
  }
}

function ask(trunk: Trunk, route: Route, socket: Socket | undefined, now: number): void {
  trunk.asked = (trunk.asked + 1) >>> 0;
  const question = Buffer.alloc(LENGTH);
  question.writeUInt8(QUESTION, 0);
  question.writeUInt32BE(trunk.asked, 4);
  for (const known of trunk.questions.keys()) if (known < trunk.asked - MOST_QUESTIONS) trunk.questions.delete(known);
  trunk.questions.set(trunk.asked, route);
  asked(route, trunk.asked, now);
  socket?.send(question, route.address.port, route.address.host);
}

/** More than all peers are asked in the time that an answer is waited for. */
const MOST_QUESTIONS = 1_000;

/** Answers a question, or takes an answer; false when it is neither. */
export function tellDelay(trunk: Trunk, datagram: Buffer, answer: (datagram: Buffer) => void, now: number): boolean {
  if (datagram.length !== LENGTH) return false;
  const mark = datagram.readUInt8(0);
  if (mark === QUESTION) {
    datagram.writeUInt8(ANSWER, 0);
    answer(datagram);
  } else if (mark === ANSWER) {
    const number = datagram.readUInt32BE(4);
    const route = trunk.questions.get(number);
    trunk.questions.delete(number);
    if (route) answered(route, number, now);
  } else return false;
  return true;
}

/** How long each way to another server takes one way, in milliseconds, by its name and that of its far end. */
export function delaysOf({ peers }: Trunk, now: number) {
  return [...peers.values()].flatMap(({ region, routes }) =>
    routes.map((route) => ({ name: route.name, to: region, delay: delayOf(route, now) })),
  );
}
