import { describe, expect, test } from 'vitest';
import { audioLevelOf, onTheWay } from '../../../generators/participants/packets/extensions.ts';
import { readRtp } from '../../../generators/participants/packets/rtp.ts';
import { readVp8 } from '../../../generators/participants/packets/vp8.ts';
import { Performer } from '../../../generators/participants/sending/performer.ts';
import { reelOf, VIDEO } from '../../../generators/participants/sending/reel.ts';
import { Talk } from '../../../generators/participants/sending/talk.ts';
import { Wheel } from '../../../generators/participants/sending/wheel.ts';

const part = { seed: 7, who: 3, audio: 1_000, video: 2_000, size: 5, reel: reelOf(7) };

describe('the reel', () => {
  test('is ten seconds of 475 kbit/s with one key frame, the same for the same seed', () => {
    const reel = reelOf(7);
    const bytes = reel.flatMap(({ packets }) => packets).reduce((a, b) => a + b, 0);
    expect(reel).toHaveLength(VIDEO.framesPerSecond * VIDEO.seconds);
    expect((bytes * 8) / VIDEO.seconds).toBeGreaterThan(VIDEO.bitsPerSecond * 0.99);
    expect((bytes * 8) / VIDEO.seconds).toBeLessThan(VIDEO.bitsPerSecond * 1.01);
    expect(reel.filter(({ key }) => key)).toHaveLength(1);
    expect(Math.max(...reel.flatMap(({ packets }) => packets))).toBeLessThanOrEqual(1_100);
    expect(reelOf(7)).toEqual(reel);
    expect(reelOf(8)).not.toEqual(reel);
  });
});

describe('talk', () => {
  test('is one person at a time or so, whatever the size of the meeting, and the speakers change', () => {
    for (const size of [2, 10, 100]) {
      const people = Array.from({ length: size }, (_, who) => new Talk(1, who, size));
      const spoke = new Set<number>();
      let speaking = 0;
      for (let now = 0; now < 600_000; now += 100)
        people.forEach((one, who) => {
          if (!one.at(now).voice) return;
          spoke.add(who);
          speaking += 1;
        });
      expect(speaking / 6_000, `of ${size}`).toBeGreaterThan(0.7);
      expect(speaking / 6_000, `of ${size}`).toBeLessThan(2);
      expect(spoke.size).toBeGreaterThan(size * 0.6);
    }
  });
});

describe('a performer', () => {
  test('sends 40 kbit/s of Opus whose level tells when they speak', () => {
    const performer = new Performer(part);
    const packets = Array.from({ length: 3_000 }, (_, n) => performer.sound(n * 20, n * 20 + 5));
    const read = packets.flatMap((datagram) => readRtp(datagram) ?? []);
    const bytes = read.reduce((sum, { payload }) => sum + payload.to - payload.from, 0);
    expect((bytes * 8) / 60 / 1_000).toBeGreaterThan(39);
    expect((bytes * 8) / 60 / 1_000).toBeLessThan(41);
    expect(read.every(({ ssrc, payloadType }) => ssrc === 1_000 && payloadType === 111)).toBe(true);
    for (let n = 1; n < read.length; n += 1) {
      expect(((read[n]?.sequence ?? 0) - (read[n - 1]?.sequence ?? 0)) & 0xffff).toBe(1);
      expect(((read[n]?.timestamp ?? 0) - (read[n - 1]?.timestamp ?? 0)) >>> 0).toBe(960);
    }
    const levels = packets.flatMap((datagram, n) => {
      const packet = read[n];
      return packet ? [audioLevelOf(datagram, packet)] : [];
    });
    expect(new Set(levels.map((level) => level?.voice))).toEqual(new Set([true, false]));
    const [first, packet] = [packets[0], read[0]];
    expect(first && packet && onTheWay(first, packet, 45)).toBeCloseTo(40, 1);
  });

  test('sends frames that begin, end, and name their layer', () => {
    const performer = new Performer(part);
    let key = 0;
    for (let n = 0; n < 600; n += 1) {
      const frame = performer.picture(n * 33, n * 33);
      frame.forEach((datagram, place) => {
        const packet = readRtp(datagram);
        if (!packet) throw new Error('no packet');
        const vp8 = readVp8(datagram, packet.payload.from, packet.payload.to);
        expect(packet.marker).toBe(place === frame.length - 1);
        expect(vp8?.startsFrame).toBe(place === 0);
        if (place === 0 && ((datagram[packet.payload.from + (vp8?.length ?? 0)] ?? 1) & 1) === 0) key += 1;
      });
    }
    expect(key).toBe(2);
    expect(performer.video?.report(0)).toMatchObject({ ssrc: 2_000 });
    expect(new Performer({ ...part, reel: undefined }).picture(0, 0)).toEqual([]);
  });

  test('sends the same for the same seed and number, and something else for another', () => {
    const sent = (who: number) => {
      const performer = new Performer({ ...part, who });
      return Array.from({ length: 50 }, (_, n) => performer.sound(n * 20, n * 20).toString('hex')).join();
    };
    expect(sent(3)).toBe(sent(3));
    expect(sent(3)).not.toBe(sent(4));
  });
});

describe('the wheel', () => {
  function turned(times: readonly number[]) {
    const wheel = new Wheel();
    const [sound, picture]: [number[], number[]] = [[], []];
    const off = wheel.add({ sound: (due) => sound.push(due), picture: (due) => picture.push(due) }, 0.42);
    for (const now of times) wheel.turn(now);
    return { wheel, sound, picture, off };
  }

  test('lets everybody send 50 packets of sound and 30 frames a second, evenly', () => {
    const { sound, picture } = turned(Array.from({ length: 1_701 }, (_, n) => n * 5.9));
    expect(sound.length).toBeGreaterThan(499);
    expect(picture.length).toBeGreaterThan(299);
    expect(new Set(sound.slice(1).map((due, n) => due - (sound[n] ?? 0)))).toEqual(new Set([20]));
    expect(new Set(picture.slice(1).map((due, n) => due - (picture[n] ?? 0)))).toEqual(new Set([33, 34]));
  });

  test('makes up for a short stall, and leaves a long one out', () => {
    expect(turned([0, 500]).sound).toHaveLength(25);
    expect(turned([0, 60_000]).sound).toHaveLength(50);
  });

  test('forgets who is taken off', () => {
    const { wheel, sound, off } = turned([0, 100]);
    off();
    wheel.turn(1_000);
    expect(sound).toHaveLength(5);
  });
});
