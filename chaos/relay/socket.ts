import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';

/** How much the kernel may hold for us while we do something else, in bytes; it gives what it is allowed to give. */
const BUFFER = 4 * 1024 * 1024;

/**
 * Opens a UDP socket of the family of an IP address. Such addresses need no look-up, which would otherwise be one more
 * turn of the event loop for every datagram.
 */
export function udpSocket(address: string): Socket {
  const family = isIPv6(address) ? 6 : 4;
  return createSocket({ type: `udp${family}`, lookup: (host, _options, found) => found(null, host, family) });
}

/** Asks for room for bursts; where the kernel allows less, the count of what it drops says so. */
export function widen(socket: Socket): void {
  socket.setRecvBufferSize(BUFFER);
  socket.setSendBufferSize(BUFFER);
}

/** Binds a socket; resolves with its port, rejects when it cannot be had. */
export function bound(socket: Socket, port: number, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ port, address, exclusive: true }, () => {
      socket.off('error', reject);
      resolve(socket.address().port);
    });
  });
}
