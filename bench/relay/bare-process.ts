import type { Socket } from 'node:dgram';
import { bound, udpSocket } from '../../chaos/relay/socket.ts';
import type { FromRelay, ToRelay } from './relay.ts';

/*
 * The least that can be done: datagrams passed on, by a socket for each client, and nothing else. What the relay costs
 * beside it is its own; this much are Node and the kernel.
 */
const ROOM = 4 * 1024 * 1024;
const tell = (message: FromRelay) => process.send?.(message);
process.on('message', (order: ToRelay) => {
  if (order.do === 'stand before') void standBefore(order.upstream);
  else {
    const { user, system } = process.cpuUsage();
    tell({ did: 'use', seconds: (user + system) / 1e6, forwarded });
  }
});
process.once('disconnect', () => process.exit());

let forwarded = 0;

async function standBefore(upstream: string): Promise<void> {
  const [host = '', port] = upstream.split(':');
  const front = udpSocket('127.0.0.1');
  const listening = await bound(front, 0, '127.0.0.1');
  front.setRecvBufferSize(ROOM);
  const flows = new Map<number, Socket>();
  front.on('message', (datagram, { port: client }) => {
    let flow = flows.get(client);
    if (!flow) {
      flow = udpSocket('127.0.0.1');
      flow.connect(Number(port), host);
      flow.setRecvBufferSize(ROOM);
      flow.on('message', (answer) => {
        forwarded += 1;
        front.send(answer, client, '127.0.0.1');
      });
      flows.set(client, flow);
    }
    forwarded += 1;
    flow.send(datagram);
  });
  tell({ did: 'listen', address: `127.0.0.1:${listening}` });
}
