import { lookup } from 'node:dns/promises';
import { monotonic } from '../../core/clock.ts';
import { derivedSeed } from '../../core/random.ts';
import { type Address, addressText, parsedAddress } from './address.ts';
import { goOn, type Room, releaseSide, type Waiting } from './lane.ts';
import { type Listener, listenerOf, type Places } from './listener.ts';
import { missedByPort } from './missed.ts';
import type { Answers, Ask, Counters, Does, ImpairAsk, OpenAsk, PathCounters } from './order.ts';
import { type Path, pathOf } from './path.ts';
import { DIRECTIONS, type Direction } from './shape.ts';
import { emptyTallies, type Tallies, type Tally } from './tally.ts';
import { wheelOf } from './wheel.ts';

/** All listeners and paths of one relay. */
export interface Forwarder {
  /** Does what is asked; rejects with a message for people when it cannot be done. */
  does(ask: Ask): Promise<Answers[Does]>;
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
  setInterval(() => {
    const now = performance.now();
    for (const { path } of paths.values()) path.expire(now);
  }, EXPIRY);
  const open = async (ask: OpenAsk) => {
    const [upstream, listen] = await Promise.all([resolved(ask.upstream), resolved(ask.listen)]);
    const booked = paths.get(ask.path) ?? bookedPath(ask.path, room);
    const tallies = ask.isProbe ? booked.probes : booked.traffic;
    const own = derivedSeed(seed, `${ask.path}/${listeners.size}`);
    const { path } = booked;
    const listener = await listenerOf({ listen, upstream, path, tallies, idle: ask.idle, room, places, seed: own });
    paths.set(ask.path, booked);
    listeners.set(addressText(listener.address), listener);
    return addressText(listener.address);
  };
  return {
    async does(ask) {
      switch (ask.does) {
        case 'open':
          return open(ask);
        case 'shut':
          listeners.get(ask.listen)?.close();
          listeners.delete(ask.listen);
          return null;
        case 'impair':
          return impair(paths, ask);
        case 'renew':
          return paths.get(ask.path)?.path.renew(ask.name) ?? false;
        case 'lift':
          return paths.get(ask.path)?.path.lift(ask.name) ?? false;
        case 'counters':
          return counted(paths, [...listeners.values()]);
      }
    },
  };
}

function bookedPath(name: string, room: Room): Booked {
  const path = pathOf(name, (side) => releaseSide(side, room));
  return { path, traffic: emptyTallies(), probes: emptyTallies() };
}

/** Only a path that something goes through can be impaired: a mistyped name would do nothing. */
function impair(paths: ReadonlyMap<string, Booked>, { path: name, name: impairment, shapes, ttl }: ImpairAsk): null {
  const found = paths.get(name);
  if (!found) throw new Error(`the relay has no path "${name}" (it has ${[...paths.keys()].join(', ') || 'none'})`);
  found.path.impair(impairment, shapes, ttl);
  return null;
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
  const address = parsedAddress(text);
  if (!address) throw new Error(`"${text}" is not an address such as 127.0.0.1:5004`);
  const { address: host } = await lookup(address.host);
  return { host, port: address.port };
}
