import { createHash } from 'node:crypto';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What a service does to somebody who asked for something, with the connection it was asked on. */
export type Manners = (socket: Socket) => void;

/** A service over bare TCP that can break every rule of HTTP and WebSocket. */
export interface HostileService {
  readonly url: string;
  close(): void;
}

/** Starts one on loopback that answers each request by its method and path; what is not listed is never answered. */
export async function hostileService(mannersOf: (request: string) => Manners | undefined): Promise<HostileService> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
    let unread = '';
    const hear = (chunk: Buffer) => {
      unread += chunk.toString('latin1');
      for (let end = unread.indexOf('\r\n\r\n'); end >= 0; end = unread.indexOf('\r\n\r\n')) {
        const head = unread.slice(0, end);
        const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
        if (unread.length < end + 4 + length) return;
        unread = unread.slice(end + 4 + length);
        // What comes on a WebSocket is nothing to be read as HTTP.
        const key = /^sec-websocket-key: *(\S+)/im.exec(head)?.[1];
        if (key) socket.off('data', hear).resume();
        KEYS.set(socket, key ?? '');
        mannersOf(head.split(' HTTP/', 1)[0] ?? '')?.(socket);
      }
    };
    socket.on('data', hear);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

const KEYS = new WeakMap<Socket, string>();

/** Says these bytes and nothing else, and leaves the connection open. */
export function says(...bytes: readonly (string | Buffer)[]): Manners {
  return (socket) => {
    for (const part of bytes) socket.write(part);
  };
}

/** Does one thing after the other. */
export function both(...all: readonly Manners[]): Manners {
  return (socket) => {
    for (const one of all) one(socket);
  };
}

/** Says this again and again, as fast as it is heard. */
export function endless(bytes: string | Buffer): Manners {
  const chunk = Buffer.from(bytes);
  return (socket) => {
    const more = () => {
      if (!socket.destroyed && socket.write(chunk)) setImmediate(more);
    };
    socket.on('drain', more);
    more();
  };
}

/** Answers as HTTP does. */
export function answers(body: string | Buffer, status = 200, headers = ''): Manners {
  return says(`HTTP/1.1 ${status} So\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${headers}\r\n`, body);
}

/** Opens a WebSocket, and says these bytes on it, whatever is asked. */
export function opens(bytes: string | Buffer = '', headers = ''): Manners {
  return (socket) => {
    const accept = createHash('sha1')
      .update(`${KEYS.get(socket)}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n';
    says(`${upgrade}sec-websocket-accept: ${accept}\r\n${headers}\r\n`, bytes)(socket);
  };
}

/** One frame of a WebSocket (RFC 6455, 5.2), unmasked as from a server; `first` is its first byte: flags and opcode. */
export function frame(first: number, payload: string | Buffer): Buffer {
  const body = Buffer.from(payload);
  if (body.length < 126) return Buffer.concat([Buffer.from([first, body.length]), body]);
  const head = Buffer.alloc(10);
  head[0] = first;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(body.length), 2);
  return Buffer.concat([head, body]);
}
