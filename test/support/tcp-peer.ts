import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** One end of a TCP connection, and all that was heard at it. */
export interface TcpPeer {
  readonly socket: Socket;
  /** Milliseconds since it was opened, and the length of each piece as it was read. */
  readonly pieces: readonly { readonly at: number; readonly length: number }[];
  /** How the other side ended it, and when: `fin`, `rst`, or another error's code. */
  readonly ended: Promise<{ readonly how: string; readonly at: number }>;
  /** Everything that was read so far. */
  heard(): Buffer;
  /** Resolves when so many bytes have been read in all, with the milliseconds that took; rejects after 20 s. */
  hears(bytes: number): Promise<number>;
}

/** A TCP server on the loopback. */
export interface TcpServer {
  readonly address: string;
  /** Each connection so far. */
  readonly peers: readonly TcpPeer[];
  /** The next connection that has not been taken yet. */
  next(): Promise<TcpPeer>;
  stop(): Promise<void>;
}

const PATIENCE = 20_000;

/** Listens to a socket from now on. */
function peerOn(socket: Socket): TcpPeer {
  const began = performance.now();
  const chunks: Buffer[] = [];
  const pieces: { at: number; length: number }[] = [];
  let total = 0;
  const listeners = new Set<() => void>();
  socket.on('data', (data: Buffer) => {
    chunks.push(data);
    total += data.length;
    pieces.push({ at: performance.now() - began, length: data.length });
    for (const listener of listeners) listener();
  });
  const ended = new Promise<{ how: string; at: number }>((resolve) => {
    const end = (how: string) => resolve({ how, at: performance.now() - began });
    socket.on('end', () => end('fin'));
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNRESET' ? 'rst' : `${error.code}`));
    socket.on('close', () => end('closed'));
  });
  return {
    socket,
    pieces,
    ended,
    heard: () => Buffer.concat(chunks),
    hears: (bytes) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`${total} of ${bytes} bytes came`)), PATIENCE);
        const look = () => {
          if (total < bytes) return;
          clearTimeout(late);
          listeners.delete(look);
          resolve(performance.now() - began);
        };
        listeners.add(look);
        look();
      }),
  };
}

/** Connects to `host:port`. */
export async function dialed(address: string): Promise<TcpPeer> {
  const { hostname, port } = new URL(`tcp://${address}`);
  const socket = connect({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port),
    noDelay: true,
    allowHalfOpen: true,
  });
  const peer = peerOn(socket);
  await once(socket, 'connect');
  return peer;
}

/** Starts a server that does with each connection what it is told; nothing is read by itself when `paused`. */
export async function tcpServer(serve: (peer: TcpPeer) => void = () => {}, paused = false): Promise<TcpServer> {
  const peers: TcpPeer[] = [];
  const untaken: TcpPeer[] = [];
  const waiting: ((peer: TcpPeer) => void)[] = [];
  const server: Server = createServer({ noDelay: true, allowHalfOpen: true, pauseOnConnect: paused }, (socket) => {
    const peer = peerOn(socket);
    peers.push(peer);
    serve(peer);
    const taker = waiting.shift();
    if (taker) taker(peer);
    else untaken.push(peer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    peers,
    next: () => {
      const peer = untaken.shift();
      return peer ? Promise.resolve(peer) : new Promise((resolve) => waiting.push(resolve));
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const { socket } of peers) socket.destroy();
      await closed;
    },
  };
}
