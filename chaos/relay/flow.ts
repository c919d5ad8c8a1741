import type { Socket } from 'node:dgram';
import { derivedSeed } from '../../core/random.ts';
import type { Address } from '../probes/address.ts';
import { accept, type Lane, laneOf, type Room, type Send } from './lane.ts';
import type { Path } from './path.ts';
import type { Direction } from './shape.ts';
import { udpSocket, widen } from './socket.ts';
import type { Tallies, Tally } from './tally.ts';

/** What passes between one client and the upstream, through a socket of its own, like a NAT's. */
export interface Flow {
  /** Where the upstream sees the client. */
  readonly host: string;
  readonly port: number;
  readonly lanes: Readonly<Record<Direction, Lane>>;
  /** For how many sweeps nothing has come from either side. */
  quiet: number;
  close(): void;
}

export interface FlowOptions {
  readonly client: Address;
  readonly upstream: Address;
  readonly path: Path;
  readonly tallies: Tallies;
  /** The socket that clients know. */
  readonly front: Socket;
  readonly room: Room;
  readonly seed: number;
}

/** Where nobody answers for more than this, no more is handed to the network. */
const MOST_UNANSWERED = 4_096;

/** Opens the way of a new client; undefined when there is no socket to be had for it. */
export function flowOf({ client, upstream, path, tallies, front, room, seed }: FlowOptions): Flow | undefined {
  const socket = connected(upstream, tallies.upstream);
  if (!socket) return undefined;
  const up: Send = sender(tallies.upstream, (datagram, sent) => socket.send(datagram, sent));
  const down: Send = sender(tallies.downstream, (datagram, sent) =>
    front.send(datagram, client.port, client.host, sent),
  );
  const lanes = {
    upstream: laneOf(path.sides.upstream, tallies.upstream, up, derivedSeed(seed, 'upstream')),
    downstream: laneOf(path.sides.downstream, tallies.downstream, down, derivedSeed(seed, 'downstream')),
  };
  const flow: Flow = {
    host: socket.address().address,
    port: socket.address().port,
    lanes,
    quiet: 0,
    close() {
      lanes.upstream.closed = true;
      lanes.downstream.closed = true;
      socket.close();
    },
  };
  socket.on('message', (datagram) => {
    flow.quiet = 0;
    accept(lanes.downstream, datagram, room);
  });
  return flow;
}

function connected({ host, port }: Address, tally: Tally): Socket | undefined {
  const socket = udpSocket(host);
  socket.on('error', () => {
    // What was sent has come back: nobody listens there.
    tally.refused += 1;
  });
  try {
    socket.connect(port, host);
    socket.remoteAddress();
    widen(socket);
    return socket;
  } catch {
    socket.close();
    return undefined;
  }
}

type Sent = (error: Error | null, bytes: number) => void;

function sender(tally: Tally, hand: (datagram: Buffer, sent: Sent) => void): Send {
  let unanswered = 0;
  const sent: Sent = (error, bytes) => {
    unanswered -= 1;
    if (error) tally.dropped.unsent += 1;
    else {
      tally.forwarded += 1;
      tally.forwardedBytes += bytes;
    }
  };
  return (datagram) => {
    if (unanswered >= MOST_UNANSWERED) tally.dropped.unsent += 1;
    else {
      unanswered += 1;
      hand(datagram, sent);
    }
  };
}
