import type { RemoteInfo, Socket } from 'node:dgram';
import { derivedSeed } from '../../core/random.ts';
import type { Address } from '../probes/address.ts';
import { type Flow, flowOf } from './flow.ts';
import { type Flows, noFlows, SWEEPS } from './flows.ts';
import { accept, type Room } from './lane.ts';
import { type MissedByPort, missedByPort } from './missed.ts';
import type { Path } from './path.ts';
import type { Direction } from './shape.ts';
import { bound, udpSocket, widen } from './socket.ts';
import type { Tallies } from './tally.ts';

/** One address that clients send to, and the upstream it stands for. */
export interface Listener {
  readonly address: Address;
  readonly path: Path;
  readonly tallies: Tallies;
  /** Lets a client in before it has sent anything; where the upstream sees it, or undefined when there is no place for it. */
  admit(client: Address): Address | undefined;
  /** How many clients it has now. */
  clients(): number;
  /** What the kernel has dropped at its open sockets; that of closed ones is in the tallies. */
  missed(byPort: MissedByPort): Readonly<Record<Direction, number>>;
  close(): void;
}

export interface ListenerOptions {
  readonly listen: Address;
  /** By IP address. */
  readonly upstream: Address;
  readonly path: Path;
  /** Where its datagrams are counted. */
  readonly tallies: Tallies;
  /** After so long a silence of both sides a client's flow is forgotten, in milliseconds. */
  readonly idle: number;
  readonly room: Room;
  readonly places: Places;
  readonly seed: number;
}

/** How many clients the whole relay has, and can have. */
export interface Places {
  taken: number;
  readonly most: number;
}

/** Begins to listen; rejects when the address cannot be had. */
export async function listenerOf(options: ListenerOptions): Promise<Listener> {
  const { listen, path, tallies, idle } = options;
  const front = udpSocket(listen.host);
  const port = await bound(front, listen.port, listen.host);
  widen(front);
  const flows = noFlows();
  const admitted = admission(options, front, flows);
  front.on('message', receiver(options, admitted));
  // It is connected to nobody, so nothing comes back to it; and when it fails to receive once, it goes on.
  front.on('error', () => undefined);
  const sweeping = setInterval(() => {
    const silent = flows.takeSilent();
    if (silent.length > 0) forget(options, silent, missedByPort());
  }, idle / SWEEPS);
  const missed: Listener['missed'] = (byPort) => ({
    upstream: byPort.get(port) ?? 0,
    downstream: missedIn(flows.all(), byPort),
  });
  return {
    address: { host: listen.host, port },
    path,
    tallies,
    admit(client) {
      const flow = admitted(client.host, client.port);
      return flow && { host: flow.host, port: flow.port };
    },
    clients: () => flows.all().length,
    missed,
    close() {
      clearInterval(sweeping);
      const byPort = missedByPort();
      tallies.upstream.missed += byPort?.get(port) ?? 0;
      forget(options, flows.takeAll(), byPort);
      front.close();
    },
  };
}

/** The flow of a client, as it is needed; undefined when there is no place for it. */
type Admission = (host: string, port: number) => Flow | undefined;

function admission(options: ListenerOptions, front: Socket, flows: Flows): Admission {
  let opened = 0;
  return (host, port) => {
    const known = flows.of(host, port);
    if (known) return known;
    const flow = begun(options, front, { host, port }, opened);
    opened += 1;
    if (flow) flows.add(host, port, flow);
    return flow;
  };
}

function receiver({ tallies, room }: ListenerOptions, admitted: Admission) {
  return (datagram: Buffer, from: RemoteInfo) => {
    const flow = admitted(from.address, from.port);
    if (!flow) return turnAway(tallies, datagram);
    flow.quiet = 0;
    accept(flow.lanes.upstream, datagram, room);
  };
}

function begun(options: ListenerOptions, front: Socket, client: Address, ordinal: number): Flow | undefined {
  const { places, upstream, path, tallies, room } = options;
  if (places.taken >= places.most) return undefined;
  const seed = derivedSeed(options.seed, `${path.name}/${ordinal}`);
  const flow = flowOf({ client, upstream, path, tallies, front, room, seed });
  if (flow) places.taken += 1;
  return flow;
}

function turnAway({ upstream }: Tallies, datagram: Buffer): void {
  upstream.received += 1;
  upstream.receivedBytes += datagram.length;
  upstream.dropped.crowd += 1;
}

function forget({ tallies, places }: ListenerOptions, forgotten: readonly Flow[], byPort?: MissedByPort): void {
  // What the kernel counted goes with the sockets.
  if (byPort) tallies.downstream.missed += missedIn(forgotten, byPort);
  for (const flow of forgotten) flow.close();
  places.taken -= forgotten.length;
}

function missedIn(flows: readonly Flow[], byPort: MissedByPort): number {
  return flows.reduce((sum, { port }) => sum + (byPort.get(port) ?? 0), 0);
}
