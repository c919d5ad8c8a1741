import type { Socket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import { comes } from '../comes.ts';
import { weight } from '../relay/link.ts';
import type { Direction } from '../relay/shape.ts';
import { bound, udpSocket, widen } from '../relay/socket.ts';
import { type Address, parseAddress } from './address.ts';

/** How datagrams are sent each way at once to see what becomes of them. */
export interface Volley {
  readonly count: number;
  /** Bytes of content each. */
  readonly bytes: number;
  /** Over how long they are sent, and how long they are waited for afterwards unless all have come; milliseconds. */
  readonly over: number;
  readonly wait: number;
}

/** What became of the datagrams that went one way. */
export interface Passage {
  readonly sent: number;
  /** Different ones that came. */
  readonly came: number;
  /** Copies beyond the first. */
  readonly twice: number;
  /** Came after one that was sent after them (RFC 4737). */
  readonly late: number;
  /** Milliseconds each of them took, least first. */
  readonly delays: readonly number[];
  /** How fast they came, headers of UDP and IP included; 0 when there were not two of them. */
  readonly kilobitsPerSecond: number;
}

/** Two ends of our own with something between them. */
export interface DatagramProbe {
  /** Sends at once each way that is asked for, and tells what became of it; nothing is sent the other way. */
  exchange(volley: Volley, ways: readonly Direction[]): Promise<Readonly<Record<Direction, Passage>>>;
  close(): void;
}

interface Arrival {
  readonly number: number;
  readonly delay: number;
  readonly at: number;
  readonly bits: number;
}

const LOOPBACK = '127.0.0.1';
/** The volley's number, the datagram's, and when it was sent. */
const HEAD = 16;
/** More at once would overflow the buffers of the kernel before anything on the way could be blamed. */
const AT_ONCE = 32;
const HEARD_WITHIN = 2_000;
const CALL_AGAIN = 100;

/**
 * Opens two ends; `lead` is told the address of the far one and gives the one that leads there. Rejects when nothing comes
 * through.
 */
export async function datagramProbe(lead: (far: string) => Promise<string>): Promise<DatagramProbe> {
  const [near, far] = [udpSocket(LOOPBACK), udpSocket(LOOPBACK)];
  const close = () => {
    for (const socket of [near, far]) socket.close();
  };
  try {
    const farPort = await opened(far);
    await opened(near);
    const address = parseAddress(await lead(`${LOOPBACK}:${farPort}`));
    if (!address) throw new Error('it does not say where it listens');
    const front = await called(near, far, address);
    let volleys = 0;
    return {
      async exchange(volley, ways) {
        volleys += 1;
        const [there, back] = (['upstream', 'downstream'] as const).map((way) =>
          ways.includes(way) ? volley : { ...volley, count: 0 },
        ) as [Volley, Volley];
        const [upstream, downstream] = [passage(far, volleys, there), passage(near, volleys, back)];
        await Promise.all([sent(near, address, volleys, there), sent(far, front, volleys, back)]);
        await comes(() => upstream.isWhole() && downstream.isWhole(), volley.wait);
        return { upstream: upstream.end(), downstream: downstream.end() };
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

async function opened(socket: Socket): Promise<number> {
  const port = await bound(socket, 0, LOOPBACK);
  socket.on('error', () => undefined);
  widen(socket);
  return port;
}

/** Calls until the far end has heard it; tells where that has to answer to. */
async function called(near: Socket, far: Socket, address: Address): Promise<Address> {
  let heard: Address | undefined;
  const listen = (_: Buffer, { address: host, port }: Address & { readonly address: string }) => {
    heard = { host, port };
  };
  far.on('message', listen);
  for (const end = performance.now() + HEARD_WITHIN; !heard && performance.now() < end; ) {
    near.send(Buffer.alloc(HEAD), address.port, address.host);
    await comes(() => heard !== undefined, CALL_AGAIN);
  }
  far.off('message', listen);
  if (!heard) throw new Error('no datagram comes through it');
  return heard;
}

async function sent(from: Socket, { host, port }: Address, volley: number, { count, bytes, over }: Volley) {
  const began = performance.now();
  for (let number = 0; number < count; ) {
    const due = over === 0 ? count : Math.ceil(((performance.now() - began) / over) * count);
    for (const end = Math.min(due, count, number + AT_ONCE); number < end; number += 1) {
      const datagram = Buffer.alloc(Math.max(HEAD, bytes));
      datagram.writeUInt32BE(volley, 0);
      datagram.writeUInt32BE(number, 4);
      datagram.writeDoubleBE(performance.now(), 8);
      from.send(datagram, port, host);
    }
    await sleep(1);
  }
}

/** Listens for a volley until it is told to end. */
function passage(to: Socket, volley: number, { count }: Volley) {
  const arrivals: Arrival[] = [];
  const numbers = new Set<number>();
  const listen = (datagram: Buffer) => {
    if (datagram.length < HEAD || datagram.readUInt32BE(0) !== volley) return;
    const [number, at] = [datagram.readUInt32BE(4), performance.now()];
    numbers.add(number);
    arrivals.push({ number, delay: at - datagram.readDoubleBE(8), at, bits: weight(datagram.length) });
  };
  to.on('message', listen);
  return {
    isWhole: () => numbers.size === count,
    end(): Passage {
      to.off('message', listen);
      return {
        ...{ sent: count, came: numbers.size, twice: arrivals.length - numbers.size, late: lateIn(arrivals) },
        delays: arrivals.map(({ delay }) => delay).sort((a, b) => a - b),
        kilobitsPerSecond: rateOf(arrivals),
      };
    },
  };
}

function lateIn(arrivals: readonly Arrival[]): number {
  let highest = -1;
  let late = 0;
  for (const { number } of arrivals) {
    if (number < highest) late += 1;
    else highest = number;
  }
  return late;
}

/** Bits per millisecond after the first one; what came in less than a millisecond is taken for that. */
function rateOf([first, ...rest]: readonly Arrival[]): number {
  const last = rest.at(-1);
  if (!first || !last) return 0;
  const bits = rest.reduce((sum, one) => sum + one.bits, 0);
  return bits / Math.max(1, last.at - first.at);
}
