import { describe, expect, test } from 'vitest';
import { lossOf } from '../../../core/media.ts';
import { ntpOf } from '../../../generators/participants/packets/ntp.ts';
import { Frames } from '../../../generators/participants/reception/frames.ts';
import { Freezes } from '../../../generators/participants/reception/freezes.ts';
import { Reception } from '../../../generators/participants/reception/reception.ts';
import { Sequence } from '../../../generators/participants/reception/sequence.ts';
import { Passage, skewOf } from '../../../generators/participants/reception/skew.ts';
import { Upstream } from '../../../generators/participants/reception/upstream.ts';

describe('sequence numbers', () => {
  test('go on beyond their wrap, in order and out of it', () => {
    const sequence = new Sequence();
    expect([65_534, 65_535, 1, 0, 2, 65_533].map((each) => sequence.extended(each))).toEqual([
      65_534, 65_535, 65_537, 65_536, 65_538, 65_533,
    ]);
    expect(sequence.expected).toBe(5);
  });

  test('of a sender that begins anew count from there, once a second packet confirms it', () => {
    const sequence = new Sequence();
    for (const each of [100, 101, 102]) sequence.extended(each);
    expect(sequence.extended(40_000)).toBeUndefined();
    expect(sequence.extended(103)).toBe(103);
    expect(sequence.extended(40_001)).toBeGreaterThan(40_000);
    expect(sequence.extended(40_002)).toBeGreaterThan(40_001);
    expect(sequence.expected).toBe(4 + 2);
  });
});

describe('what a server reports of what was sent', () => {
  const block = (ssrc: number, highest: number, lost: number) => ({
    ...{ ssrc, highest, lost, fractionLost: 0, jitter: 0, lastReport: 0, delay: 0 },
  });

  test('counts from its first report on, all streams together', () => {
    const upstream = new Upstream();
    upstream.reported(block(1, 1_000, 7));
    upstream.reported(block(2, 500, 0));
    expect(upstream.take()).toBeUndefined();
    upstream.reported(block(1, 1_100, 17));
    upstream.reported(block(2, 550, 0));
    expect(upstream.take()).toEqual({ packets: 90 + 50, lost: 10 });
    expect(upstream.take()).toBeUndefined();
  });

  test('takes back what only came late, and goes on beyond the wrap of its numbers', () => {
    const upstream = new Upstream();
    upstream.reported(block(1, 0xfffffff0, 5));
    upstream.reported(block(1, 16, 3));
    expect(upstream.take()).toEqual({ packets: 34, lost: -2 });
  });
});

describe('a reception', () => {
  test('counts what is missing, and takes back what only came late', () => {
    const stream = new Reception(1, 48_000);
    for (const each of [1, 2, 4, 5]) stream.received(each, each * 960, 100, each * 20);
    expect(stream.take()).toEqual({ packets: 4, lost: 1, bytes: 400 });
    stream.received(3, 3 * 960, 100, 120);
    const late = stream.take();
    expect(late).toEqual({ packets: 1, lost: -1, bytes: 100 });
    expect(lossOf(late)).toBe(0);
    expect(lossOf({ packets: 8, lost: 2 })).toBe(0.2);
    expect(lossOf({ packets: 0, lost: 0 })).toBeUndefined();
  });

  test('measures jitter as RFC 3550 does: a sixteenth of what is new', () => {
    const stream = new Reception(1, 48_000);
    stream.received(1, 0, 1, 1_000);
    stream.received(2, 960, 1, 1_036);
    // 16 ms off the beat: 16/16.
    expect(stream.jitter).toBeCloseTo(1, 6);
    stream.received(3, 1_920, 1, 1_056);
    expect(stream.jitter).toBeCloseTo(15 / 16, 6);
    expect(new Reception(2, 48_000).jitter).toBe(0);
  });

  test('is not thrown off by the wrap of the timestamp', () => {
    const stream = new Reception(1, 90_000);
    stream.received(1, 0xffffff00, 1, 0);
    stream.received(2, (0xffffff00 + 3_000) >>> 0, 1, 1_000 / 30);
    expect(stream.jitter).toBeCloseTo(0, 6);
  });

  test('reports fractions since the last report and losses since the beginning', () => {
    const stream = new Reception(9, 48_000);
    expect(stream.block(0)).toBeUndefined();
    const report = { ssrc: 9, at: ntpOf(5_000), timestamp: 0, packets: 0, octets: 0, blocks: [] };
    for (const each of [1, 2, 3, 5]) stream.received(each, 0, 1, 0);
    stream.heardFromSender(report, 6_000);
    expect(stream.block(6_500)).toMatchObject({ fractionLost: 51, lost: 1, highest: 5, delay: 32_768 });
    stream.received(6, 0, 1, 0);
    expect(stream.block(7_000)).toMatchObject({ fractionLost: 0, lost: 1, highest: 6, delay: 65_536 });
  });
});

describe('frames', () => {
  const part = (sequence: number, timestamp: number, place: 'only' | 'begin' | 'middle' | 'end') => ({
    ...{ sequence, timestamp, begins: place === 'only' || place === 'begin' },
    ends: place === 'only' || place === 'end',
  });

  test('are complete with their last packet, in whatever order they came', () => {
    const frames = new Frames();
    expect(frames.take(part(3, 10, 'end'))).toBeUndefined();
    expect(frames.take(part(1, 10, 'begin'))).toBeUndefined();
    expect(frames.take(part(1, 10, 'begin'))).toBeUndefined();
    expect(frames.take(part(2, 10, 'middle'))).toEqual({ timestamp: 10, first: 1, last: 3 });
    expect(frames.take(part(4, 20, 'only'))).toEqual({ timestamp: 20, first: 4, last: 4 });
  });

  test('are not complete when a packet is missing, nor shown after later ones', () => {
    const frames = new Frames();
    frames.take(part(1, 10, 'begin'));
    expect(frames.take(part(3, 10, 'end'))).toBeUndefined();
    expect(frames.take(part(4, 20, 'only'))).toBeDefined();
    expect(frames.take(part(2, 10, 'middle'))).toBeUndefined();
  });

  test('that never get whole do not pile up', () => {
    const frames = new Frames();
    for (let n = 0; n < 100; n += 1) frames.take(part(n * 2, n * 3_000, 'begin'));
    expect(frames.take(part(1, 0, 'end'))).toBeUndefined();
    expect(frames.take(part(199, 99 * 3_000, 'end'))).toBeDefined();
  });
});

describe('freezes', () => {
  function shown(gaps: readonly number[]): { freezes: Freezes; now: number } {
    const freezes = new Freezes();
    let now = 1_000;
    freezes.frame(now);
    for (const gap of gaps) {
      now += gap;
      freezes.frame(now);
    }
    return { freezes, now };
  }
  const steady = (count: number) => new Array<number>(count).fill(40);

  test('are gaps of at least the usual one and 150 ms, after five gaps', () => {
    expect(shown([...steady(30), 189]).freezes.take(0)).toEqual({ freezes: 0, milliseconds: 0 });
    expect(shown([...steady(30), 190]).freezes.take(0)).toEqual({ freezes: 1, milliseconds: 190 });
    expect(shown([...steady(4), 500]).freezes.take(0).freezes).toBe(0);
  });

  test('are gaps of at least three times the usual one where frames are rare', () => {
    expect(shown([...new Array<number>(30).fill(200), 599]).freezes.take(0).freezes).toBe(0);
    expect(shown([...new Array<number>(30).fill(200), 600]).freezes.take(0).freezes).toBe(1);
  });

  test('count while they last: a stream that stops for good moves no other counter', () => {
    const { freezes, now } = shown(steady(30));
    expect(freezes.open(now + 189)).toBe(false);
    expect(freezes.open(now + 190)).toBe(true);
    expect(freezes.take(now + 400)).toEqual({ freezes: 1, milliseconds: 400 });
    expect(freezes.take(now + 1_400)).toEqual({ freezes: 0, milliseconds: 1_000 });
    freezes.frame(now + 2_000);
    expect(freezes.take(now + 2_000)).toEqual({ freezes: 0, milliseconds: 600 });
    expect(freezes.open(now + 2_040)).toBe(false);
  });

  test('are none when the sender left frames out on purpose', () => {
    const { freezes, now } = shown(steady(30));
    expect(freezes.take(now + 1_000, false).freezes).toBe(0);
    freezes.frame(now + 3_000, true);
    expect(freezes.take(now + 3_000).freezes).toBe(0);
  });
});

describe('skew', () => {
  test('is what the picture took longer than the sound', () => {
    const [audio, video] = [new Passage(48_000), new Passage(90_000)];
    const from = { ssrc: 0, packets: 0, octets: 0, blocks: [] };
    expect(skewOf(audio.take(), video.take())).toBeUndefined();
    audio.heardFromSender({ ...from, at: ntpOf(10_000), timestamp: 0xfffffff0 });
    video.heardFromSender({ ...from, at: ntpOf(10_500), timestamp: 9_000 });
    // Both were captured at 11 s of the sender's clock, which is an hour away from the receiver's.
    audio.arrived((0xfffffff0 + 48_000) >>> 0, 3_611_020);
    video.arrived(9_000 + 45_000, 3_611_080);
    expect(skewOf(audio.take(), video.take())).toBeCloseTo(60, 3);
    expect(audio.take()).toBeUndefined();
  });
});
