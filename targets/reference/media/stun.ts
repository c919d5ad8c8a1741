import type { Address } from './address.ts';

/** A Binding Request (RFC 8489): who asks, and the attributes it demands to be understood that we do not know. */
export interface BindingRequest {
  readonly transaction: Buffer;
  /** The key of a seat; undefined when it carries none. */
  readonly username: string | undefined;
  readonly unknown: readonly number[];
}

const HEADER = 20;
const COOKIE = 0x2112a442;
const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const BINDING_ERROR = 0x0111;
const USERNAME = 0x0006;
const ERROR_CODE = 0x0009;
const UNKNOWN_ATTRIBUTES = 0x000a;
const XOR_MAPPED_ADDRESS = 0x0020;
const IPV4 = 0x01;

/** Attributes of ICE and of message integrity, which clients may send; the key alone decides here. */
const TOLERATED: ReadonlySet<number> = new Set([USERNAME, 0x0008, 0x001c, 0x0024, 0x0025]);

/** From here on attributes need not be understood. */
const OPTIONAL = 0x8000;

/** Reads a Binding Request; undefined when a datagram is anything else, or broken. */
export function bindingRequest(datagram: Buffer): BindingRequest | undefined {
  if (datagram.length < HEADER || datagram.readUInt16BE(0) !== BINDING_REQUEST) return undefined;
  if (datagram.readUInt32BE(4) !== COOKIE || datagram.readUInt16BE(2) !== datagram.length - HEADER) return undefined;
  const unknown: number[] = [];
  let username: string | undefined;
  for (let at = HEADER; at < datagram.length; ) {
    if (at + 4 > datagram.length) return undefined;
    const [type, length] = [datagram.readUInt16BE(at), datagram.readUInt16BE(at + 2)];
    const end = at + 4 + length;
    if (end > datagram.length) return undefined;
    if (type === USERNAME) username ??= datagram.toString('utf8', at + 4, end);
    else if (type < OPTIONAL && !TOLERATED.has(type)) unknown.push(type);
    at = end + padding(length);
  }
  return { transaction: datagram.subarray(8, HEADER), username, unknown };
}

/** The answer to somebody whose key is known: the address they are seen at. */
export function bindingSuccess({ transaction }: BindingRequest, { host, port }: Address): Buffer {
  const value = Buffer.alloc(8);
  value.writeUInt8(IPV4, 1);
  value.writeUInt16BE(port ^ (COOKIE >>> 16), 2);
  const number = host.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  value.writeUInt32BE((number ^ COOKIE) >>> 0, 4);
  return message(BINDING_SUCCESS, transaction, [attribute(XOR_MAPPED_ADDRESS, value)]);
}

/** The answer to somebody who is not let in: 401 for a key that is unknown, 420 for attributes that are. */
export function bindingError({ transaction, unknown }: BindingRequest, code: 401 | 420): Buffer {
  const reason = Buffer.from(code === 401 ? 'Unauthenticated' : 'Unknown Attribute');
  const value = Buffer.concat([Buffer.from([0, 0, Math.floor(code / 100), code % 100]), reason]);
  const told = [attribute(ERROR_CODE, value)];
  if (code === 420) told.push(attribute(UNKNOWN_ATTRIBUTES, Buffer.from(Uint16Array.from(unknown).buffer).swap16()));
  return message(BINDING_ERROR, transaction, told);
}

function message(type: number, transaction: Buffer, attributes: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(
    attributes.reduce((sum, { length }) => sum + length, 0),
    2,
  );
  header.writeUInt32BE(COOKIE, 4);
  return Buffer.concat([header, transaction, ...attributes]);
}

function attribute(type: number, value: Buffer): Buffer {
  const whole = Buffer.alloc(4 + value.length + padding(value.length));
  whole.writeUInt16BE(type, 0);
  whole.writeUInt16BE(value.length, 2);
  value.copy(whole, 4);
  return whole;
}

function padding(length: number): number {
  return (4 - (length % 4)) % 4;
}
