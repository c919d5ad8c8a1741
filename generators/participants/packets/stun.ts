/** What of STUN (RFC 8489) a seat is bound with: a binding request, and the answers to it. */
export type StunMessage =
  | { readonly kind: 'request'; readonly transaction: Buffer; readonly username: string }
  | { readonly kind: 'success'; readonly transaction: Buffer; readonly mapped: Mapped | undefined }
  | { readonly kind: 'error'; readonly transaction: Buffer; readonly code: number; readonly reason: string };

/** The address a request came from, as the server saw it. */
export interface Mapped {
  readonly address: string;
  readonly port: number;
}

const COOKIE = 0x2112a442;
const HEADER = 20;
const TYPE = { request: 0x0001, success: 0x0101, error: 0x0111 } as const;
const ATTRIBUTE = { username: 0x0006, errorCode: 0x0009, xorMappedAddress: 0x0020 } as const;

/** Reads a message; undefined when it is none of these, or broken. */
export function readStun(datagram: Buffer): StunMessage | undefined {
  if (datagram.length < HEADER || datagram.readUInt32BE(4) !== COOKIE) return undefined;
  const end = HEADER + datagram.readUInt16BE(2);
  if (end !== datagram.length || end % 4 !== 0) return undefined;
  const transaction = datagram.subarray(8, HEADER);
  const attributes = attributesIn(datagram, end);
  if (!attributes) return undefined;
  const type = datagram.readUInt16BE(0);
  if (type === TYPE.request) {
    return { kind: 'request', transaction, username: attributes.get(ATTRIBUTE.username)?.toString('utf8') ?? '' };
  }
  if (type === TYPE.success)
    return { kind: 'success', transaction, mapped: mappedOf(attributes.get(ATTRIBUTE.xorMappedAddress)) };
  if (type !== TYPE.error) return undefined;
  const error = attributes.get(ATTRIBUTE.errorCode);
  if (!error || error.length < 4) return undefined;
  const code = ((error[2] ?? 0) & 7) * 100 + (error[3] ?? 0);
  return { kind: 'error', transaction, code, reason: error.toString('utf8', 4) };
}

function attributesIn(datagram: Buffer, end: number): Map<number, Buffer> | undefined {
  const found = new Map<number, Buffer>();
  for (let at = HEADER; at < end; ) {
    const [type, length] = [datagram.readUInt16BE(at), datagram.readUInt16BE(at + 2)];
    if (at + 4 + length > end) return undefined;
    // Of attributes that come twice the first counts.
    if (!found.has(type)) found.set(type, datagram.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return found;
}

/** IPv4 only: the media of a meeting is on one address of each side. */
function mappedOf(value: Buffer | undefined): Mapped | undefined {
  if (value?.length !== 8 || value[1] !== 1) return undefined;
  const address = (value.readUInt32BE(4) ^ COOKIE) >>> 0;
  const bytes = [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff);
  return { address: bytes.join('.'), port: value.readUInt16BE(2) ^ (COOKIE >>> 16) };
}

/** Writes a message. */
export function writeStun(message: StunMessage): Buffer {
  const attribute = attributeOf(message);
  const head = Buffer.alloc(HEADER);
  head.writeUInt16BE(TYPE[message.kind], 0);
  head.writeUInt16BE(attribute.length, 2);
  head.writeUInt32BE(COOKIE, 4);
  message.transaction.copy(head, 8, 0, 12);
  return Buffer.concat([head, attribute]);
}

function attributeOf(message: StunMessage): Buffer {
  if (message.kind === 'request') return framed(ATTRIBUTE.username, Buffer.from(message.username));
  if (message.kind === 'error') {
    const code = Buffer.from([0, 0, Math.floor(message.code / 100), message.code % 100]);
    return framed(ATTRIBUTE.errorCode, Buffer.concat([code, Buffer.from(message.reason)]));
  }
  if (!message.mapped) return Buffer.alloc(0);
  const value = Buffer.alloc(8);
  const bytes = message.mapped.address.split('.').map(Number);
  const address = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  value[1] = 1;
  value.writeUInt16BE(message.mapped.port ^ (COOKIE >>> 16), 2);
  value.writeUInt32BE((address ^ COOKIE) >>> 0, 4);
  return framed(ATTRIBUTE.xorMappedAddress, value);
}

function framed(type: number, value: Buffer): Buffer {
  const attribute = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  attribute.writeUInt16BE(type, 0);
  attribute.writeUInt16BE(value.length, 2);
  value.copy(attribute, 4);
  return attribute;
}
