import { beforeEach, describe, expect, test } from 'vitest';
import { type MediaPeer, picture, voice } from '../../../support/media-peer.ts';
import { useMediaServer } from '../../../support/media-server.ts';
import { eventually } from '../../../support/reference.ts';

/** Whoever speaks, their SSRC, and how loudly: 0 is the loudest, 127 silence. */
interface Speaker {
  readonly peer: MediaPeer;
  readonly ssrc: number;
  level: number;
  sequence: number;
}

describe('a hardened media server', () => {
  const hall = useMediaServer('hardened');
  beforeEach(() => hall().connect());

  const people = async (count: number): Promise<Speaker[]> => {
    const speakers: Speaker[] = [];
    for (let index = 0; index < count; index += 1) {
      const ssrc = 1_000 + 10 * index;
      speakers.push({
        peer: await hall().seated('m', `key-${index}`, ssrc, ssrc + 1),
        ssrc,
        level: 127,
        sequence: 65_400,
      });
    }
    return speakers;
  };
  /** Lets everybody send voices, and pictures if wanted, for so many rounds of 20 ms. */
  const talk = async (speakers: readonly Speaker[], rounds: number, withPictures = false) => {
    for (let round = 0; round < rounds; round += 1) {
      for (const speaker of speakers) {
        const { peer, ssrc, level, sequence } = speaker;
        peer.send(voice({ ssrc, sequence, level }));
        if (withPictures) peer.send(picture({ ssrc: ssrc + 1, sequence, key: sequence % 10 === 0, size: 200 }));
        speaker.sequence = (sequence + 1) & 0xffff;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const at = (speakers: readonly Speaker[], index: number): Speaker => {
    const found = speakers[index];
    if (!found) throw new Error(`nobody is at ${index}`);
    return found;
  };
  const heard = ({ peer }: Speaker, speakers: readonly Speaker[]) =>
    speakers.flatMap(({ ssrc }, index) => (peer.of(ssrc).length > 0 ? [index] : []));
  const numbersOf = (packets: readonly Buffer[]) => packets.map((packet) => packet.readUInt16BE(2));

  test('forwards the three loudest voices, and the picture of the loudest; that one sees whoever was so before', async () => {
    const speakers = await people(6);
    for (const index of [1, 3, 5]) at(speakers, index).level = 30;
    at(speakers, 3).level = 5;
    await talk(speakers, 40);
    for (const { peer } of speakers) peer.received.length = 0;
    await talk(speakers, 30, true);
    await eventually(() => at(speakers, 0).peer.of(1_031).length > 0);
    expect(heard(at(speakers, 0), speakers)).toEqual([1, 3, 5]);
    expect(heard(at(speakers, 3), speakers)).toEqual([1, 5]);
    const pictures = (index: number) =>
      speakers.flatMap(({ ssrc }, from) => (at(speakers, index).peer.of(ssrc + 1).length > 0 ? [from] : []));
    expect([0, 1, 2, 4, 5].map(pictures)).toEqual([[3], [3], [3], [3], [3]]);
    expect(pictures(3)).toHaveLength(1);
    expect(await hall().metric('reference_media_withheld_total{kind="video"}')).toBeGreaterThan(0);
  });

  test('keeps whoever speaks for a little louder somebody, and gives the place to one much louder', async () => {
    const speakers = await people(4);
    for (const index of [0, 1, 2]) at(speakers, index).level = 40;
    await talk(speakers, 40);
    at(speakers, 3).level = 36;
    await talk(speakers, 30);
    for (const { peer } of speakers) peer.received.length = 0;
    await talk(speakers, 20);
    expect(heard(at(speakers, 3), speakers)).toEqual([0, 1, 2]);
    at(speakers, 3).level = 5;
    at(speakers, 1).level = 127;
    await talk(speakers, 40);
    for (const { peer } of speakers) peer.received.length = 0;
    await talk(speakers, 20);
    expect(heard(at(speakers, 1), speakers)).toEqual([0, 2, 3]);
  });

  test('who falls silent and speaks again has lost no packet by it, and what was lost on the way is missed', async () => {
    const speakers = await people(5);
    for (const index of [1, 2, 3, 4]) at(speakers, index).level = 20;
    at(speakers, 4).level = 0;
    await talk(speakers, 40);
    at(speakers, 4).level = 127;
    await talk(speakers, 40);
    at(speakers, 4).level = 0;
    at(speakers, 1).level = 127;
    await talk(speakers, 40);
    const numbers = numbersOf(at(speakers, 0).peer.of(at(speakers, 4).ssrc));
    const [first = 0] = numbers;
    // Fewer than were sent, and not one of them missing.
    expect(numbers.length).toBeLessThan(110);
    expect(numbers).toEqual(numbers.map((_, index) => (first + index) & 0xffff));
    at(speakers, 4).sequence += 5;
    await talk(speakers, 5);
    await eventually(() => at(speakers, 0).peer.of(at(speakers, 4).ssrc).length === numbers.length + 5);
    const after = numbersOf(at(speakers, 0).peer.of(at(speakers, 4).ssrc));
    expect(((after.at(-1) ?? 0) - first) & 0xffff).toBe(after.length - 1 + 5);
  });

  test('a receiver that reports loss is shown fewer layers, then none, and the others all of them', async () => {
    const speakers = await people(3);
    at(speakers, 0).level = 0;
    await talk(speakers, 30);
    const paint = async (rounds: number) => {
      const { peer, ssrc } = at(speakers, 0);
      for (let n = 0; n < rounds; n += 1) {
        const layer = [0, 2, 1, 2][n % 4] ?? 0;
        const sequence = (65_000 + painted) & 0xffff;
        peer.send(picture({ ssrc: ssrc + 1, sequence, temporalLayer: layer, key: painted === 0, size: 50 }));
        painted += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    let painted = 0;
    const lossy = Buffer.from(`81c9000700000001${'000003e9'}ff${'00'.repeat(19)}`, 'hex');
    const seen = (index: number) => at(speakers, index).peer.of(1_001);
    await paint(100);
    await eventually(() => seen(1).length === 100 && seen(2).length === 100);
    at(speakers, 1).peer.send(lossy);
    await paint(100);
    await eventually(() => seen(2).length === 200);
    expect(seen(1).length).toBeGreaterThanOrEqual(145);
    expect(seen(1).length).toBeLessThanOrEqual(155);
    for (let n = 0; n < 2; n += 1) at(speakers, 1).peer.send(lossy);
    await paint(100);
    await eventually(() => seen(2).length === 300);
    expect(seen(1).length).toBeLessThanOrEqual(157);
    const numbers = numbersOf(seen(1));
    expect(numbers).toEqual(numbers.map((_, index) => ((numbers[0] ?? 0) + index) & 0xffff));
  });
});

describe('a hardened media server on a narrow link', () => {
  const hall = useMediaServer('hardened', { egressBytesPerSecond: 100_000 });
  beforeEach(() => hall().connect());

  test('shows less when the link is full, loses no voice by it, and shows everything again when there is room', async () => {
    const speaker = await hall().seated('m', 'speaker', 100);
    const listeners = await Promise.all([1, 2, 3, 4].map((n) => hall().seated('m', `l-${n}`, 1_000 * n)));
    let sequence = 0;
    const send = async (seconds: number, size: number) => {
      const end = performance.now() + 1_000 * seconds;
      const began = performance.now();
      for (let n = 0; performance.now() < end; n += 1) {
        speaker.send(voice({ ssrc: 100, sequence, level: 0, size: 60 }));
        // Three streams of simulcast: 100, 300 and 900 bytes.
        for (const layer of [0, 1, 2])
          speaker.send(picture({ ssrc: 101 + layer, sequence, key: sequence % 10 === 0, size: size * 3 ** layer }));
        sequence += 1;
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, began + 20 * (n + 1) - performance.now())));
      }
    };
    await send(4, 100);
    expect(await hall().metric('reference_media_video_layers')).toBeLessThan(3);
    for (const listener of listeners) {
      // Voices alone are 4 kB/s for each.
      expect(listener.of(100).length).toBeGreaterThan(0.95 * sequence);
      expect(listener.of(103).length).toBeLessThan(0.8 * sequence);
      expect(listener.of(101).length + listener.of(102).length).toBeGreaterThan(0);
    }
    expect(await hall().metric('reference_media_egress_used')).toBeLessThan(1.2);
    for (let rounds = 0; rounds < 10 && (await hall().metric('reference_media_video_layers')) < 3; rounds += 1)
      await send(2, 1);
    expect(await hall().metric('reference_media_video_layers')).toBe(3);
  });
});
