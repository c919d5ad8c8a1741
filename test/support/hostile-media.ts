import type { RemoteInfo } from 'node:dgram';
import { bound, udpSocket, widen } from '../../chaos/relay/socket.ts';
import type { RtpSeat } from '../../core/media.ts';
import { kindOf } from '../../generators/participants/packets/kind.ts';
import { readStun, writeStun } from '../../generators/participants/packets/stun.ts';

/** What a media server says to somebody who has a seat there, ten times a second; `round` counts from 0. */
export type Abuse = (seat: RtpSeat, round: number) => readonly Buffer[];

/** A media server that gives everybody a seat, forwards nothing, and says what it likes. */
export interface HostileMedia {
  readonly port: number;
  seat(): RtpSeat;
  /** Datagrams it has said, to everybody, beside the answers to who asked for a seat. */
  readonly said: number;
  /** Where those who have taken their seats can be reached. */
  ports(): number[];
  close(): void;
}

/** Starts one on loopback; `everyMs` is how often it abuses each of them. */
export async function hostileMedia(abuse: Abuse, everyMs = 100): Promise<HostileMedia> {
  const socket = udpSocket('127.0.0.1');
  const port = await bound(socket, 0, '127.0.0.1');
  widen(socket);
  const seats = new Map<string, { readonly seat: RtpSeat; from?: RemoteInfo }>();
  let said = 0;
  let round = 0;
  socket.on('message', (datagram, from) => {
    const asked = kindOf(datagram) === 'stun' ? readStun(datagram) : undefined;
    if (asked?.kind !== 'request') return;
    const known = seats.get(asked.username);
    if (known) known.from = from;
    const { transaction } = asked;
    socket.send(writeStun({ kind: 'success', transaction, mapped: undefined }), from.port, from.address);
  });
  const timer = setInterval(() => {
    for (const { seat, from } of seats.values())
      for (const datagram of from ? abuse(seat, round) : []) {
        said += 1;
        socket.send(datagram, from?.port ?? 0, '127.0.0.1');
      }
    round += 1;
  }, everyMs);
  return {
    port,
    seat() {
      const number = seats.size + 1;
      const seat = { host: '127.0.0.1', port, key: `key-${number}`, audio: number * 10, video: number * 10 + 1 };
      seats.set(seat.key, { seat });
      return seat;
    },
    get said() {
      return said;
    },
    ports: () => [...seats.values()].flatMap(({ from }) => from?.port ?? []),
    close() {
      clearInterval(timer);
      socket.close();
    },
  };
}
