import { inflateSync } from 'node:zlib';
import { decodeFromCompressedBase64, encodeIntoCompressedBase64, JsHistogram } from 'hdr-histogram-js';
import { expect, test } from 'vitest';
import { Histogram } from '../../core/histogram.ts';
import { sequence } from '../../core/random.ts';
import { hdrEncoding } from '../../reports/hdr.ts';

function decoded(histogram: Histogram) {
  const read = decodeFromCompressedBase64(hdrEncoding(histogram), 64);
  if (!(read instanceof JsHistogram)) throw new TypeError('a histogram whose slots cannot be looked at');
  return read;
}

test('an HdrHistogram library reads back the same counts in the same slots', () => {
  const ours = new Histogram();
  const random = sequence(3);
  for (let i = 0; i < 5_000; i += 1) ours.record(Math.exp(random() * 22));
  const theirs = decoded(ours);
  expect(theirs.totalCount).toBe(5_000);
  const data = ours.data();
  for (let i = 0; i < data.length; i += 2) {
    const [floor = 0, count = 0] = [data[i], data[i + 1]];
    expect(theirs.getCountAtIndex(theirs.countsArrayIndex(floor))).toBe(count);
    expect(theirs.lowestEquivalentValue(floor)).toBe(floor);
  }
});

test('its percentiles are ours, to the width of a slot', () => {
  const ours = new Histogram();
  const random = sequence(5);
  for (let i = 0; i < 20_000; i += 1) ours.record(1_000 + random() ** 4 * 9_000_000);
  const theirs = decoded(ours);
  for (const share of [0.5, 0.9, 0.99, 0.999]) {
    const value = ours.quantile(share) ?? 0;
    expect(Math.abs(theirs.getValueAtPercentile(100 * share) - value) / value).toBeLessThan(0.01);
  }
});

test.each([
  ['nothing', []],
  ['zero', [0]],
  ['the highest value', [3_600_000_000]],
  ['neighbours, a gap of one slot and a long gap', [7, 8, 10, 255, 256, 40_000]],
])('%s arrives', (_, values) => {
  const ours = new Histogram();
  for (const value of values) ours.record(value);
  const theirs = decoded(ours);
  expect(theirs.totalCount).toBe(values.length);
  for (const value of values) expect(theirs.getCountAtIndex(theirs.countsArrayIndex(value))).toBe(1);
});

test('counts beyond 32 bits arrive', () => {
  const many = 5_000_000_000;
  const theirs = decoded(Histogram.of([300, many]));
  expect(theirs.getCountAtIndex(theirs.countsArrayIndex(300))).toBe(many);
});

test('the bytes are those an HdrHistogram library writes itself', () => {
  const ours = new Histogram();
  for (const value of [0, 2, 3, 7, 300, 302, 9_000, 9_000_000]) ours.record(value);
  const plain = (encoded: string) => inflateSync(Buffer.from(encoded, 'base64').subarray(8));
  const [mine, theirs] = [plain(hdrEncoding(ours)), plain(encodeIntoCompressedBase64(decoded(ours)))];
  // Two fields of the header differ from the Java original in that library, and readers pass over both: the offset
  // of the indices, 0 there, and the ratio to doubles, a double there.
  for (const [from, to] of [
    [0, 8],
    [12, 32],
    [40, mine.length],
  ])
    expect(mine.subarray(from, to)).toEqual(theirs.subarray(from, to));
  expect([mine.readInt32BE(8), mine.readDoubleBE(32)]).toEqual([0, 1]);
  expect(mine).toHaveLength(theirs.length);
});
