import { createSocket } from 'node:dgram';
import type { WebSocket } from 'ws';

/** Where the WebSockets are that carry the media of a seat, whose key they show. */
export const MEDIA_PATH = '/v1/media';

/** Beyond so many bytes on their way to a page what comes is left out: late sound is of no use. */
const MOST_WAITING = 256 * 1_024;

/** Carries the datagrams of a seat over a WebSocket, in both directions: pages have no sockets for them. */
export function tunnel(socket: WebSocket, { host, port }: { readonly host: string; readonly port: number }): void {
  const datagrams = createSocket('udp4');
  const end = () => {
    try {
      datagrams.close();
    } catch {
      // It is closed already.
    }
    socket.close();
  };
  // What breaks either of the two ends both.
  datagrams.on('error', end);
  socket.on('error', end);
  socket.on('close', end);
  datagrams.on('message', (datagram) => {
    if (socket.readyState === socket.OPEN && socket.bufferedAmount < MOST_WAITING) socket.send(datagram);
  });
  const early: Buffer[] = [];
  let connected = false;
  socket.on('message', (data, isBinary) => {
    if (!isBinary || !Buffer.isBuffer(data)) return;
    if (connected) datagrams.send(data);
    else early.push(data);
  });
  datagrams.connect(port, host, () => {
    connected = true;
    for (const datagram of early.splice(0)) datagrams.send(datagram);
  });
}
