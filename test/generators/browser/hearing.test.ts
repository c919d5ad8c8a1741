import { describe, expect, test } from 'vitest';
import { Hearing, ownCountsIn } from '../../../generators/browser/hearing.ts';
import type { PeerReading } from '../../../generators/browser/instrument.ts';

type Stream = PeerReading['streams'][number];

const stream = (kind: Stream['kind'], changes: Partial<Stream> = {}): Stream => ({
  ...{ kind, packets: 50, lost: 0, bytes: 5_000, jitter: 0.004, decoded: 0, freezes: 0, frozen: 0, seen: 0 },
  ...changes,
});
const reading = (streams: readonly Stream[], changes: Partial<PeerReading> = {}): PeerReading => ({
  ...{ connections: 1, failed: false, streams, sent: 100, roundTrip: 40 },
  ...changes,
});
const video = (decoded: number, changes: Partial<Stream> = {}) => stream('video', { decoded, ...changes });

describe('what a page hears', () => {
  test('is what its connections received in that second, as participants tell it', () => {
    const facts = new Hearing(0).take(reading([stream('audio', { lost: 2 }), video(30)]), undefined, 1_000);
    expect(facts).toMatchObject({
      ...{ audio: { packets: 50, lost: 2 }, video: { packets: 50, lost: 0 }, decoded: 30 },
      ...{ bytesReceived: 10_000, bytesSent: 100, jitter: 4, roundTrip: 40, audioDelay: 20, videoDelay: 20 },
    });
    expect(facts.breach).toBeUndefined();
    expect(facts.mos).toBeGreaterThan(3.5);
  });

  test('is silence when nothing comes, sooner or later', () => {
    const hearing = new Hearing(0);
    expect(hearing.take(reading([]), undefined, 1_000).breach).toBeUndefined();
    expect(hearing.take(reading([]), undefined, 6_000)).toMatchObject({ breach: 'silent', mos: 1 });
    hearing.take(reading([stream('audio')]), undefined, 7_000);
    expect(hearing.take(reading([]), undefined, 8_000).breach).toBe('silent');
    expect(hearing.take(reading([]), undefined, 11_000).breach).toBe('unseated');
    expect(new Hearing(0).take(reading([stream('audio')], { failed: true }), undefined, 1_000).breach).toBe('unseated');
  });

  test('counts a picture that stands still while it does, and not once more when it goes on', () => {
    const hearing = new Hearing(0);
    const of = (seconds: number, decoded: number, changes: Partial<Stream> = {}) =>
      hearing.take(reading([stream('audio'), video(decoded, changes)]), undefined, seconds * 1_000);
    expect(of(1, 0)).toMatchObject({ frozen: 0, watched: 0 });
    expect(of(2, 30)).toMatchObject({ frozen: 0, watched: 1_000 });
    expect(of(3, 0)).toMatchObject({ frozen: 1_000, watched: 1_000 });
    expect(of(4, 10, { frozen: 1.4, freezes: 1 })).toMatchObject({ freezes: 1, frozen: 400 });
    const deaf = hearing.take(reading([video(0)]), undefined, 5_000);
    expect(deaf.breach).toBe('silent');
  });

  test('may be told by the page itself, in sums', () => {
    const hearing = new Hearing(0);
    const own = (packets: number, decoded: number) =>
      ownCountsIn({ audio: { packets, lost: 1 }, video: { packets, lost: 0, decoded }, bytes: packets * 100 });
    hearing.take(undefined, own(100, 20), 1_000);
    expect(hearing.take(undefined, own(150, 50), 2_000)).toMatchObject({
      ...{ audio: { packets: 50, lost: 0 }, video: { packets: 50, lost: 0 }, decoded: 30, bytesReceived: 5_000 },
    });
    for (const told of ['nothing', undefined, null, [], [{ bytes: 1 }]]) expect(ownCountsIn(told)).toBeUndefined();
    expect(ownCountsIn({ audio: { packets: 'many' } })).toMatchObject({ audio: { packets: 0, lost: 0 }, bytes: 0 });
  });
});
