import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FromTraffic, ToTraffic } from './traffic.ts';

/** Both ends of connections, in a process of their own: what is measured is what is between them. */
const PIECE = Buffer.alloc(65_536);
const MESSAGE = Buffer.alloc(1_024);
const MOST = 4_000_000;

const streaming = await listening((socket) => {
  const more = () => {
    while (!socket.destroyed && socket.write(PIECE));
  };
  socket.on('drain', more);
  more();
});
const echoing = await listening((socket) => void socket.pipe(socket));

const tell = (message: FromTraffic) => process.send?.(message);
process.on('message', (order: ToTraffic) => void measured(order));
process.once('disconnect', () => process.exit());
tell({ did: 'listen', stream: addressOf(streaming), echo: addressOf(echoing) });

async function measured({ do: what, address, connections, warmUp, length }: ToTraffic): Promise<void> {
  const clients = await Promise.all(Array.from({ length: connections }, () => dialed(address)));
  let bytes = 0;
  let trips = 0;
  const took = new Float64Array(what === 'echo' ? MOST : 0);
  for (const client of clients) {
    if (what === 'stream') client.on('data', (data) => (bytes += data.length));
    else
      askAgainAndAgain(client, (ms) => {
        if (trips < MOST) took[trips] = ms;
        trips += 1;
      });
  }
  await sleep(warmUp);
  tell({ did: 'begin' });
  [bytes, trips] = [0, 0];
  const began = performance.now();
  await sleep(length);
  const milliseconds = performance.now() - began;
  const sorted = took.subarray(0, Math.min(trips, MOST)).sort();
  const at = (share: number) => sorted[Math.floor(share * sorted.length)] ?? 0;
  tell({ did: 'count', milliseconds, bytes, roundTrips: trips, p50: at(0.5), p99: at(0.99) });
  for (const client of clients) client.destroy();
}

/** One message at a time, each sent when the one before is back. */
function askAgainAndAgain(client: Socket, back: (ms: number) => void): void {
  let missing = 0;
  let asked = 0;
  const ask = () => {
    missing = MESSAGE.length;
    asked = performance.now();
    client.write(MESSAGE);
  };
  client.on('data', (data) => {
    missing -= data.length;
    if (missing > 0) return;
    back(performance.now() - asked);
    ask();
  });
  ask();
}

async function listening(serve: (socket: Socket) => void): Promise<Server> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {});
    serve(socket);
  });
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 });
  await once(server, 'listening');
  return server;
}

async function dialed(address: string): Promise<Socket> {
  const [host = '', port] = address.split(':');
  const socket = connect({ host, port: Number(port), noDelay: true }).on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

function addressOf(server: Server): string {
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
