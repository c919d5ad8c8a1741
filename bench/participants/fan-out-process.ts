import { bound, udpSocket } from '../../chaos/relay/socket.ts';
import { kindOf } from '../../generators/participants/packets/kind.ts';
import { readStun, writeStun } from '../../generators/participants/packets/stun.ts';
import type { FromFanOut, ToFanOut } from './participants.ts';

/** Who took a seat first is heard by everybody: three voices for each, and none chosen, which is for a real server to do. */
const SPEAKERS = 3;
const ROOM = 8 * 1024 * 1024;

const tell = (message: FromFanOut) => process.send?.(message);
const seats: number[] = [];
const taken = new Set<number>();
const socket = udpSocket('127.0.0.1');
socket.on('message', (datagram, { port, address }) => {
  const kind = kindOf(datagram);
  if (kind === 'rtp') {
    if (seats.indexOf(port) < SPEAKERS && taken.has(port))
      for (const seat of seats) if (seat !== port) socket.send(datagram, seat, address);
    return;
  }
  const message = kind === 'stun' ? readStun(datagram) : undefined;
  if (message?.kind !== 'request') return;
  if (!taken.has(port)) seats.push(port);
  taken.add(port);
  socket.send(
    writeStun({ kind: 'success', transaction: message.transaction, mapped: { address, port } }),
    port,
    address,
  );
});
process.on('message', ({ do: order }: ToFanOut) => {
  if (order === 'listen') void listen();
});
process.once('disconnect', () => process.exit());
tell({ did: 'begin' });

async function listen(): Promise<void> {
  const port = await bound(socket, 0, '127.0.0.1');
  socket.setRecvBufferSize(ROOM);
  tell({ did: 'listen', port });
}
