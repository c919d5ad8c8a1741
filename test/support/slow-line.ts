import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP line to something, on which what is asked can be held back for a while. */
export interface SlowLine {
  readonly host: string;
  readonly port: number;
  /** In milliseconds, for whatever is asked from now on. */
  slowBy(delay: number): void;
  close(): void;
}

/** Opens a line to an address, at full speed. */
export async function slowLine(upstream: { readonly host: string; readonly port: number }): Promise<SlowLine> {
  let delay = 0;
  const sockets = new Set<Socket>();
  const server = createServer((asking) => {
    const answering = connect(upstream.port, upstream.host);
    for (const [socket, other] of [
      [asking, answering],
      [answering, asking],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay();
      // Whoever ends it, and how, ends the other half.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    asking.on(
      'data',
      (chunk) => void (delay > 0 ? setTimeout(() => answering.write(chunk), delay) : answering.write(chunk)),
    );
    answering.on('data', (chunk) => asking.write(chunk));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    slowBy(given) {
      delay = given;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
