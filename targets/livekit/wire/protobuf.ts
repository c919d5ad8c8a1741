import { Failure } from '../../../core/failure.ts';

/** A field of a protobuf message as it is on the wire: a number, or bytes that are a text, a message or packed numbers. */
export interface Field {
  readonly number: number;
  readonly value: number | Uint8Array;
}

const VARINT = 0;
const BYTES = 2;
/** Bytes of the fixed-size wire types, which nothing here reads. */
const FIXED: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

/** Reads the fields of a message; throws a Failure when it is none. */
export function fieldsOf(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = () => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = bytes[at];
      if (byte === undefined || scale > 2 ** 63) throw malformed();
      at += 1;
      value += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte < 0x80) return value;
    }
  };
  const taken = (length: number) => {
    if (at + length > bytes.length) throw malformed();
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = varint();
    const [number, type] = [Math.floor(tag / 8), tag % 8];
    if (type === VARINT) fields.push({ number, value: varint() });
    else if (type === BYTES) fields.push({ number, value: taken(varint()) });
    else taken(FIXED[type] ?? Number.POSITIVE_INFINITY);
  }
  return fields;
}

/** The last text of a number, as protobuf has it; empty when there is none. */
export function textIn(fields: readonly Field[], number: number): string {
  const value = fields.findLast((field) => field.number === number)?.value;
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : '';
}

/** The last number of a number; 0 when there is none. */
export function numberIn(fields: readonly Field[], number: number): number {
  const value = fields.findLast((field) => field.number === number)?.value;
  return typeof value === 'number' ? value : 0;
}

/** Writes a message of fields: whole numbers from 0 on, texts and messages. */
export function messageOf(
  fields: readonly (readonly [number: number, value: number | string | Uint8Array])[],
): Uint8Array {
  const bytes: number[] = [];
  const varint = (value: number) => {
    let left = value;
    for (; left >= 0x80; left = Math.floor(left / 128)) bytes.push((left % 128) | 0x80);
    bytes.push(left);
  };
  for (const [number, value] of fields) {
    varint(number * 8 + (typeof value === 'number' ? VARINT : BYTES));
    if (typeof value === 'number') varint(value);
    else {
      const content = typeof value === 'string' ? new TextEncoder().encode(value) : value;
      varint(content.length);
      for (const byte of content) bytes.push(byte);
    }
  }
  return Uint8Array.from(bytes);
}

function malformed(): Failure {
  return new Failure('protocol', 'a message of the target is not protobuf');
}
