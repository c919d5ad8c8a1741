import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A real HTTP server on the loopback that can die and come back at the same place. */
export interface WebServer {
  readonly url: string;
  answer(listener: RequestListener): void;
  /** Open connections. */
  connections(): Promise<number>;
  /** Closes the port and every connection at once. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Starts a server that answers with `listener` until told otherwise. */
export async function webServer(listener: RequestListener = (_, response) => response.end()): Promise<WebServer> {
  let current = listener;
  const server = createServer((request, response) => current(request, response));
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    answer: (next) => {
      current = next;
    },
    connections: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      ),
    stop: async () => {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
    start: () => listen(server, port),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
