import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { eventually } from './reference.ts';

/** A participant of the simplest kind: a UDP socket that keeps everything that comes. */
export interface MediaPeer {
  readonly port: number;
  readonly received: Buffer[];
  /** RTP packets of an SSRC that have come. */
  of(ssrc: number): readonly Buffer[];
  /** RTCP packets of a type that have come first in their datagram. */
  reports(type: number): readonly Buffer[];
  send(datagram: Buffer): void;
  /** Asks for a seat; resolves with the answer. */
  bind(key: string | undefined, extra?: Buffer): Promise<Buffer>;
  close(): void;
}

/** Opens a participant of the media server on a port. */
export async function mediaPeer(server: number): Promise<MediaPeer> {
  const socket: Socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const received: Buffer[] = [];
  socket.on('message', (datagram) => received.push(datagram));
  return {
    port: socket.address().port,
    received,
    of: (ssrc) => received.filter((datagram) => isRtp(datagram) && datagram.readUInt32BE(8) === ssrc),
    reports: (type) => received.filter((datagram) => (datagram[0] ?? 0) >= 128 && datagram[1] === type),
    send: (datagram) => socket.send(datagram, server, '127.0.0.1'),
    async bind(key, extra) {
      const transaction = randomBytes(12);
      socket.send(bindingRequest(transaction, key, extra), server, '127.0.0.1');
      const isAnswer = (datagram: Buffer) => (datagram[0] ?? 255) < 4 && datagram.subarray(8, 20).equals(transaction);
      await eventually(() => received.some(isAnswer), 10_000);
      return received.find(isAnswer) ?? Buffer.alloc(0);
    },
    close: () => socket.close(),
  };
}

function isRtp(datagram: Buffer): boolean {
  const [first = 0, second = 0] = datagram;
  return first >= 128 && first <= 191 && (second < 192 || second > 223);
}

/** A STUN Binding Request. */
export function bindingRequest(transaction: Buffer, key: string | undefined, extra: Buffer = Buffer.alloc(0)): Buffer {
  const name = Buffer.from(key ?? '');
  const padded = Buffer.alloc(Math.ceil(name.length / 4) * 4);
  name.copy(padded);
  const username = key === undefined ? Buffer.alloc(0) : Buffer.concat([numbers(0x0006, name.length), padded]);
  const cookie = Buffer.from('2112a442', 'hex');
  const length = username.length + extra.length;
  return Buffer.concat([numbers(0x0001, length), cookie, transaction, username, extra]);
}

function numbers(...values: number[]): Buffer {
  const buffer = Buffer.alloc(2 * values.length);
  for (const [index, value] of values.entries()) buffer.writeUInt16BE(value, 2 * index);
  return buffer;
}

export interface Spoken {
  readonly ssrc: number;
  readonly sequence: number;
  readonly timestamp?: number;
  /** 0 is the loudest, 127 silence; none is told when left out. */
  readonly level?: number;
  readonly size?: number;
}

/** A packet of a voice. */
export function voice({ ssrc, sequence, timestamp = sequence * 960, level, size = 100 }: Spoken): Buffer {
  const extension = level === undefined ? Buffer.alloc(0) : Buffer.from([0xbe, 0xde, 0, 1, 0x10, 0x80 | level, 0, 0]);
  const head = header(level === undefined ? 0x80 : 0x90, 111, ssrc, sequence, timestamp);
  return Buffer.concat([head, extension, Buffer.alloc(size, 7)]);
}

export interface Painted {
  readonly ssrc: number;
  readonly sequence: number;
  readonly timestamp?: number;
  readonly temporalLayer?: number;
  readonly key?: boolean;
  readonly begins?: boolean;
  readonly size?: number;
}

/** A packet of a picture: VP8 with a payload descriptor that names a temporal layer. */
export function picture(painted: Painted): Buffer {
  const { ssrc, sequence, timestamp = sequence * 3_000, temporalLayer = 0, key = false, begins = true } = painted;
  const descriptor = Buffer.from([0x80 | (begins ? 0x10 : 0), 0x20, temporalLayer << 6, key ? 0 : 1]);
  const body = Buffer.alloc(painted.size ?? 1_000, 9);
  return Buffer.concat([header(0x80, 0x80 | 96, ssrc, sequence, timestamp), descriptor, body]);
}

function header(first: number, type: number, ssrc: number, sequence: number, timestamp: number): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt8(first, 0);
  head.writeUInt8(type, 1);
  head.writeUInt16BE(sequence & 0xffff, 2);
  head.writeUInt32BE(timestamp >>> 0, 4);
  head.writeUInt32BE(ssrc, 8);
  return head;
}
