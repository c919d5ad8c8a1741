import { deflateSync } from 'node:zlib';
import type { Histogram } from '../core/histogram.ts';

/** Cookies of HdrHistogram's V2 encoding; 0x10 says that counts are ZigZag LEB128. */
const ENCODED = 0x1c849303 | 0x10;
const COMPRESSED = 0x1c849304 | 0x10;
const SIGNIFICANT_DIGITS = 2;
const LOWEST = 1;
/** core/histogram.ts counts values up to an hour of microseconds. */
const HIGHEST = 3_600_000_000;
const HEADER = 40;

/**
 * Writes a histogram in HdrHistogram's V2 compressed encoding, base64, as every HdrHistogram library reads it: values in
 * microseconds, two significant digits. Format: HdrHistogram, `encodeIntoCompressedByteBuffer` of the Java original.
 */
export function hdrEncoding(histogram: Histogram): string {
  const counts = encodedCounts(histogram);
  const plain = Buffer.alloc(HEADER + counts.length);
  plain.writeInt32BE(ENCODED, 0);
  plain.writeInt32BE(counts.length, 4);
  plain.writeInt32BE(0, 8);
  plain.writeInt32BE(SIGNIFICANT_DIGITS, 12);
  plain.writeBigInt64BE(BigInt(LOWEST), 16);
  plain.writeBigInt64BE(BigInt(HIGHEST), 24);
  plain.writeDoubleBE(1, 32);
  plain.set(counts, HEADER);
  const packed = deflateSync(plain);
  const head = Buffer.alloc(8);
  head.writeInt32BE(COMPRESSED, 0);
  head.writeInt32BE(packed.length, 4);
  return Buffer.concat([head, packed]).toString('base64');
}

/** Every count up to the last occupied slot; a run of empty slots is one negative number. */
function encodedCounts(histogram: Histogram): Uint8Array {
  const bytes: number[] = [];
  const data = histogram.data();
  let next = 0;
  for (let i = 0; i + 1 < data.length; i += 2) {
    const [floor = 0, count = 0] = [data[i], data[i + 1]];
    const slot = slotOf(floor);
    if (slot - next === 1) bytes.push(0);
    else if (slot > next) bytes.push(...zigzag(next - slot));
    bytes.push(...zigzag(count));
    next = slot + 1;
  }
  return Uint8Array.from(bytes);
}

/** The place of a slot in HdrHistogram's array of counts; 128 slots per doubling beyond 256. */
function slotOf(floor: number): number {
  const doublings = Math.max(0, 24 - Math.clz32(floor));
  return doublings * 128 + Math.floor(floor / 2 ** doublings);
}

/** ZigZag, then seven bits a byte, the lowest first; a ninth byte would hold eight, but no count comes near. */
function zigzag(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >= 0 ? 2 * value : -2 * value - 1;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return bytes;
}
