import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** A server that sends every message back, in a process of its own as descriptors are counted by process. */
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false, backlog: 4_096 });
server.on('connection', (socket) => {
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  socket.on('error', () => socket.terminate());
});
process.once('disconnect', () => process.exit());
await once(server, 'listening');
process.send?.({ did: 'listen', port: (server.address() as AddressInfo).port });
