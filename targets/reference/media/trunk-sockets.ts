import type { Socket } from 'node:dgram';
import { forwardGuest, forwardGuestReports } from './carriage.ts';
import { kindOf } from './datagram.ts';
import type { Plane } from './plane.ts';
import { atFreePort } from './ports.ts';
import { openSocket } from './socket.ts';
import { measure, tellDelay } from './trunk.ts';

/** How often it is looked whether a way is to be measured again, in milliseconds. */
const LOOK = 100;

/** Opens the sockets that the media servers of other regions send to, one for each way, and measures the ways from them. */
export async function openTrunks(plane: Plane, ports: readonly number[]): Promise<readonly Socket[]> {
  const sockets: Socket[] = [];
  for (const port of ports) {
    const socket = await atFreePort(port, openSocket);
    sockets.push(socket);
    socket.on('error', () => {
      plane.tally.drops.unsent += 1;
    });
    socket.on('message', (datagram, from) =>
      take(plane, datagram, (answer) => socket.send(answer, from.port, from.address)),
    );
  }
  if (sockets.length > 0) setInterval(() => measure(plane.trunk, sockets, performance.now()), LOOK);
  return sockets;
}

function take(plane: Plane, datagram: Buffer, answer: (datagram: Buffer) => void): void {
  const now = performance.now();
  const kind = kindOf(datagram);
  if (kind === 'rtp') forwardGuest(plane, datagram, now);
  else if (kind === 'rtcp') forwardGuestReports(plane, datagram, now);
  else if (!tellDelay(plane.trunk, datagram, answer, now)) plane.tally.drops.malformed += 1;
}
