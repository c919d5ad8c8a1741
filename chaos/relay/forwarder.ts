import { lookup } from 'node:dns/promises';
import { monotonic } from '../../core/clock.ts';
import { derivedSeed } from '../../core/random.ts';
import { type Address, parseAddress } from '../probes/address.ts';
import { addressText } from '../toxiproxy/address.ts';
import type { Counters, PathCounters } from './counters.ts';
import { goOn, type Room, releaseSide, type Waiting } from './lane.ts';
import { type Listener, listenerOf, type Places } from './listener.ts';
import { missedByPort } from './missed.ts';
import { type Path, pathOf } from './path.ts';
import { DIRECTIONS, type Direction } from './shape.ts';
import { emptyTallies, type Tallies, type Tally } from './tally.ts';
import { wheelOf } from './wheel.ts';

/** All listeners and paths of one relay. */
export interface Forwarder {
  /** Begins to listen; resolves with the address. Rejects with a message for people when it cannot be had. */
  open(opening: Opening): Promise<string>;
  /** Has a path of a name, before anything is opened for it. */
  begin(path: string): void;
  /**
   * Lets a client (`host:port`) in at a listener before it has sent anything; gives where the upstream sees it, or undefined
   * when nothing listens there, or there is no place.
   */
  admit(listen: string, client: string): string | undefined;
  /** False when nothing listens there (any more). */
  shut(listen: string): boolean;
  /** Undefined when nothing was begun or opened for a path of that name: an impairment of a mistyped one would do nothing. */
  path(name: string): Path | undefined;
  counters(): Counters;
}

/** A listener for the clients of an upstream. */
export interface Opening {
  /** `host:port` */
  readonly upstream: string;
  readonly listen: string;
  readonly path: string;
  /** After so long a silence of both sides a client is forgotten, in milliseconds. */
  readonly idle: number;
  /** What passes here is somebody looking whether the path works; it is counted apart. */
  readonly isProbe: boolean;
}

/** How much may be held back at a time, in bytes; the rest is dropped, and counted. */
const MOST_HELD = 128 * 1024 * 1024;
/** Each client takes a socket. */
const MOST_CLIENTS = 8_192;
/** How often it is looked for impairments that nobody has renewed, in milliseconds. */
const EXPIRY = 100;

/** A path and what has passed through it. */
interface Booked {
  readonly path: Path;
  readonly traffic: Tallies;
  readonly probes: Tallies;
}

/** Makes a forwarder that listens nowhere yet. */
export function forwarderOf(seed: number): Forwarder {
  const room: Room = { wheel: wheelOf<Waiting>((waiting) => goOn(waiting, room)), held: 0, most: MOST_HELD };
  const places: Places = { taken: 0, most: MOST_CLIENTS };
  const listeners = new Map<string, Listener>();
  const paths = new Map<string, Booked>();
  let opened = 0;
  setInterval(() => {
    const now = performance.now();
    for (const { path } of paths.values()) path.expire(now);
  }, EXPIRY);
  return {
    async open({ upstream: to, listen: at, path: name, idle, isProbe }) {
      const [upstream, listen] = await Promise.all([resolved(to), resolved(at)]);
      const booked = paths.get(name) ?? bookedPath(name, room);
      // Before it listens: another one may be opened for the same path at the same time.
      paths.set(name, booked);
      opened += 1;
      const own = derivedSeed(seed, `${name}/${opened}`);
      const tallies = isProbe ? booked.probes : booked.traffic;
      const listener = await listenerOf({
        listen,
        upstream,
        path: booked.path,
        tallies,
        idle,
        room,
        places,
        seed: own,
      });
      listeners.set(addressText(listener.address), listener);
      return addressText(listener.address);
    },
    begin(name) {
      paths.set(name, paths.get(name) ?? bookedPath(name, room));
    },
    admit(listen, client) {
      const address = parseAddress(client);
      const from = address && listeners.get(listen)?.admit(address);
      return from && addressText(from);
    },
    shut(listen) {
      listeners.get(listen)?.close();
      return listeners.delete(listen);
    },
    path: (name) => paths.get(name)?.path,
    counters: () => counted(paths, [...listeners.values()]),
  };
}

function bookedPath(name: string, room: Room): Booked {
  const path = pathOf(name, (side) => releaseSide(side, room));
  return { path, traffic: emptyTallies(), probes: emptyTallies() };
}

function counted(paths: ReadonlyMap<string, Booked>, listeners: readonly Listener[]): Counters {
  const byPort = missedByPort();
  const entries = [...paths].map(([name, { path, traffic, probes }]): [string, PathCounters] => {
    const own = listeners.filter((listener) => listener.path === path);
    const snapshot = (tallies: Tallies): Tallies => {
      const missed = own.filter((one) => one.tallies === tallies).map((one) => one.missed(byPort ?? new Map()));
      const of = (direction: Direction): Tally => ({
        ...tallies[direction],
        missed: missed.reduce((sum, one) => sum + one[direction], tallies[direction].missed),
      });
      return { upstream: of('upstream'), downstream: of('downstream') };
    };
    const clients = own.filter((one) => one.tallies === traffic).reduce((sum, one) => sum + one.clients(), 0);
    const waiting = DIRECTIONS.reduce((sum, direction) => sum + path.sides[direction].waiting, 0);
    const impairedBy = path.impairedBy();
    return [name, { clients, waiting, traffic: snapshot(traffic), probes: snapshot(probes), impairedBy }];
  });
  return { at: monotonic(), paths: Object.fromEntries(entries), knowsMissed: byPort !== undefined };
}

async function resolved(text: string): Promise<Address> {
  const address = parseAddress(text);
  if (!address) throw new Error(`"${text}" is not an address such as 127.0.0.1:5004`);
  const { address: host } = await lookup(address.host);
  return { host, port: address.port };
}
