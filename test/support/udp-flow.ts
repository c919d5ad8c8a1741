import { createSocket, type Socket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';

/** A datagram as it came: its number, when it was sent and when it came, in milliseconds of this process. */
export interface Arrival {
  readonly number: number;
  readonly sent: number;
  readonly at: number;
  readonly bytes: number;
}

/** One end of a flow. */
export interface End {
  /** Its own `host:port`. */
  readonly address: string;
  /** Everything that has come, in the order it came. */
  readonly arrivals: Arrival[];
  /** Sends numbered datagrams at a rate to whoever it is connected to, or to whom it has heard last. */
  send(count: number, perSecond?: number, bytes?: number): Promise<void>;
  close(): void;
}

const HEAD = 12;
const ROOM = 4 * 1024 * 1024;
/** Datagrams of what is sent at once, so that short waits of the timer do not slow it down. */
const PACE = 2;

/** Opens an end; without `to` it answers whoever spoke last. */
export async function udpEnd(to?: string): Promise<End> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  socket.setRecvBufferSize(ROOM);
  socket.on('error', () => undefined);
  const arrivals: Arrival[] = [];
  let peer = to === undefined ? undefined : addressOf(to);
  socket.on('message', (datagram, from) => {
    if (to === undefined) peer = { host: from.address, port: from.port };
    const [number, sent] = [datagram.readUInt32BE(0), datagram.readDoubleBE(4)];
    arrivals.push({ number, sent, at: performance.now(), bytes: datagram.length });
  });
  let number = 0;
  return {
    address: `127.0.0.1:${socket.address().port}`,
    arrivals,
    async send(count, perSecond = 2_500, bytes = 100) {
      const began = performance.now();
      for (let done = 0; done < count; ) {
        const due = Math.min(count, Math.ceil(((performance.now() - began) * perSecond) / 1_000) + 1);
        for (; done < due; done += 1, number += 1) say(socket, peer, number, bytes);
        if (done < count) await sleep(PACE);
      }
    },
    close: () => socket.close(),
  };
}

/** Waits until nothing has come for a while. */
export async function quiet(end: End, within = 300): Promise<readonly Arrival[]> {
  for (let before = -1; before !== end.arrivals.length; await sleep(within)) before = end.arrivals.length;
  return end.arrivals;
}

/** How long each took, in milliseconds. */
export function delaysOf(arrivals: readonly Arrival[]): number[] {
  return arrivals.map(({ sent, at }) => at - sent);
}

/** The value below which a share of all values is. */
export function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN;
}

/** How many came after one that was sent after them (RFC 4737). */
export function lateOnes(arrivals: readonly Arrival[]): number {
  let highest = -1;
  return arrivals.filter(({ number }) => {
    const isLate = number < highest;
    highest = Math.max(highest, number);
    return isLate;
  }).length;
}

function say(socket: Socket, peer: ReturnType<typeof addressOf> | undefined, number: number, bytes: number): void {
  if (!peer) throw new Error('it has not heard from anybody');
  const datagram = Buffer.alloc(Math.max(HEAD, bytes));
  datagram.writeUInt32BE(number, 0);
  datagram.writeDoubleBE(performance.now(), 4);
  socket.send(datagram, peer.port, peer.host);
}

function addressOf(text: string): { readonly host: string; readonly port: number } {
  const [host = '', port] = text.split(':');
  return { host, port: Number(port) };
}
