import { createSocket, type Socket } from 'node:dgram';

/** Where media servers listen, and nowhere else. */
export const HOST = '127.0.0.1';

/** How much the kernel may hold while something else is done, in bytes; it gives what it is allowed to give. */
const BUFFER = 4 * 1024 * 1024;

/** Opens a UDP socket at a port of the loopback; rejects when that cannot be had. */
export function openSocket(port: number): Promise<Socket> {
  // Addresses are seen, never named: a look-up would be one more turn of the event loop for every datagram.
  const socket = createSocket({ type: 'udp4', lookup: (host, _options, found) => found(null, host, 4) });
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind({ port, address: HOST, exclusive: true }, () => {
      socket.removeAllListeners('error');
      socket.setRecvBufferSize(BUFFER);
      socket.setSendBufferSize(BUFFER);
      resolve(socket);
    });
  });
}
