import { bound, udpSocket } from '../../chaos/relay/socket.ts';
import { kindOf } from '../../generators/participants/packets/kind.ts';
import { readStun, writeStun } from '../../generators/participants/packets/stun.ts';
import type { FromFanOut, ToFanOut } from './participants.ts';

/** Who took a seat first is heard by everybody: three voices for each, and none chosen, which is for a real server to do. */
const SPEAKERS = 3;
const ROOM = 8 * 1024 * 1024;

const tell = (message: FromFanOut) => process.send?.(message);
/** By port, in which order they were taken. */
const seats = new Map<number, number>();
const socket = udpSocket('127.0.0.1');
socket.on('message', (datagram, { port, address }) => {
  const kind = kindOf(datagram);
  if (kind === 'rtp') {
    if ((seats.get(port) ?? SPEAKERS) < SPEAKERS)
      for (const seat of seats.keys()) if (seat !== port) socket.send(datagram, seat, address);
    return;
  }
  const message = kind === 'stun' ? readStun(datagram) : undefined;
  if (message?.kind !== 'request') return;
  if (!seats.has(port)) seats.set(port, seats.size);
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
