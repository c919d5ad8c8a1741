import type { Socket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import { bound, udpSocket } from '../../chaos/relay/socket.ts';
import type { FromDatagrams, ToDatagrams } from './traffic.ts';

/** Both ends of flows, in a process of their own: what is measured is what is between them. */
const ROOM = 4 * 1024 * 1024;
/** Datagrams sent before it is looked what has come back. */
const GROUP = 16;

const tell = (message: FromDatagrams) => process.send?.(message);
const echo = await openEnd();
echo.on('message', (datagram, { port, address }) => echo.send(datagram, port, address));
process.on('message', (order: ToDatagrams) => void measured(order));
process.once('disconnect', () => process.exit());
tell({ did: 'listen', address: `127.0.0.1:${echo.address().port}` });

async function measured({ address, flows, perSecond, size, warmUp, length }: ToDatagrams): Promise<void> {
  const [host = '', port] = address.split(':');
  const clients = await Promise.all(Array.from({ length: flows }, openEnd));
  let [sent, back, isOn] = [0, 0, true];
  for (const client of clients) {
    await new Promise<void>((resolve) => client.connect(Number(port), host, resolve));
    client.on('message', () => (back += 1));
  }
  const datagram = Buffer.alloc(size);
  const began = performance.now();
  let total = 0;
  const more = () => {
    if (!isOn) return;
    const due = Math.floor(((performance.now() - began) * perSecond) / 1_000);
    for (const end = Math.min(due, total + GROUP); total < end; total += 1, sent += 1)
      clients[total % flows]?.send(datagram);
    setImmediate(more);
  };
  more();
  await sleep(warmUp);
  tell({ did: 'begin' });
  [sent, back] = [0, 0];
  const from = performance.now();
  await sleep(length);
  tell({ did: 'count', milliseconds: performance.now() - from, sent, back });
  isOn = false;
  for (const client of clients) client.close();
}

async function openEnd(): Promise<Socket> {
  const socket = udpSocket('127.0.0.1');
  await bound(socket, 0, '127.0.0.1');
  socket.setRecvBufferSize(ROOM);
  socket.on('error', () => {});
  return socket;
}
