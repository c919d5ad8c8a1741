import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { monotonic } from '../../../core/clock.ts';
import { lossOf, type MediaFacts, type RtpSeat } from '../../../core/media.ts';
import { Engine, type EngineSecond } from '../../../generators/participants/engine/engine.ts';
import type { Turn } from '../../../generators/participants/engine/member.ts';
import { rtpEntrance } from '../../../generators/participants/engine/rtp-entrance.ts';
import { type FanOut, fanOut } from '../../support/media-fan-out.ts';

let server: FanOut;
let engine: Engine<RtpSeat>;
let told: [number, Turn][];
let seconds: EngineSecond[];

beforeEach(async () => {
  [told, seconds] = [[], []];
  server = await fanOut();
  engine = new Engine({
    ...{ seed: 1, enter: rtpEntrance({ loopbackOnly: true, insecureTls: false }), now: monotonic },
    tell: (id, turn) => told.push([id, turn]),
    tellSecond: (second) => seconds.push(second),
  });
  engine.begin(monotonic());
});
afterEach(() => {
  engine.stop();
  server.close();
});

async function seated(count: number, meeting = 'a', camera = true): Promise<void> {
  const first = engine.size;
  const coming = Array.from({ length: count }, (_, n) =>
    engine.attend(first + n, server.seat(meeting), { meeting, size: count, camera, who: first + n }),
  );
  await Promise.all(coming);
}

/** Lets so many seconds pass and gives what everybody measured in the last of them. */
async function measuredAfter(ms: number): Promise<readonly MediaFacts[]> {
  await sleep(ms);
  const last = seconds.at(-1);
  return last?.members.map(([, facts]) => facts) ?? [];
}

const turnsOf = (id: number) => told.flatMap(([of, turn]) => (of === id ? [turn] : []));
const person = { meeting: 'a', size: 2, camera: false, who: 1 };

describe('participants', () => {
  test('hear and see everybody else, and measure what a sound network gives', async () => {
    await seated(4);
    const facts = await measuredAfter(4_500);
    expect(told.map(([id, { is }]) => [id, is]).sort()).toEqual([0, 1, 2, 3].map((id) => [id, 'in']));
    expect(facts).toHaveLength(4);
    for (const one of facts) {
      expect(one.breach).toBeUndefined();
      // Three voices of 50 packets a second, three pictures of 30 frames.
      expect(one.audio.packets).toBeGreaterThan(120);
      expect(one.audio.packets).toBeLessThan(180);
      expect(one.video.packets).toBeGreaterThan(120);
      expect(one.bytesReceived * 8).toBeGreaterThan(1_000_000);
      expect(one.bytesSent * 8).toBeGreaterThan(350_000);
      expect(one.audioDelay).toBeLessThan(100);
      expect(one.videoDelay).toBeLessThan(100);
      expect(one.roundTrip).toBeLessThan(100);
      expect(Math.abs(one.skew ?? Number.NaN)).toBeLessThan(60);
      expect(one.mos).toBeGreaterThan(4.2);
      expect(one.watched).toBe(1_000);
    }
    const lost = facts.map(({ audio }) => lossOf(audio) ?? 1);
    expect(Math.max(...lost)).toBeLessThan(0.05);
    expect(server.heard.reports).toBeGreaterThan(12);
  });

  test('see each loss, delay and skew that is put in, and break the floor by it', async () => {
    await seated(3);
    await sleep(2_000);
    server.harm.loss = 0.2;
    const lossy = await measuredAfter(2_600);
    for (const one of lossy) {
      expect(lossOf(one.audio)).toBeGreaterThan(0.12);
      expect(lossOf(one.audio)).toBeLessThan(0.28);
      expect(one.breach).toBe('loss');
      expect(one.mos).toBeLessThan(3.2);
    }
    Object.assign(server.harm, { loss: 0, delay: 200, videoDelay: 120 });
    const slow = await measuredAfter(2_600);
    for (const one of slow) {
      expect(one.audioDelay).toBeGreaterThan(190);
      expect(one.audioDelay).toBeLessThan(300);
      expect(one.skew).toBeGreaterThan(90);
      expect(one.skew).toBeLessThan(180);
      expect(one.breach).toBe('audio-delay');
    }
  });

  test('notice silence at once, a frozen picture with it, and the loss of the meeting after five seconds', async () => {
    await seated(2);
    await sleep(2_500);
    server.harm.mute = true;
    const silent = await measuredAfter(2_500);
    for (const one of silent) {
      expect(one.audio.packets).toBe(0);
      expect(one.breach).toBe('silent');
      expect(one.mos).toBe(1);
      expect(one.frozen).toBeGreaterThan(700);
    }
    await sleep(3_500);
    expect(turnsOf(0).map(({ is }) => is)).toEqual(['in', 'lost']);
  });

  test('do not call it frozen when only pictures are stopped while voices go on', async () => {
    await seated(3);
    await sleep(2_500);
    server.harm.noVideo = true;
    const [first] = await measuredAfter(3_000);
    expect(first).toMatchObject({ frozen: 0, freezes: 0, video: { packets: 0 } });
    expect(first?.breach).toBeUndefined();
  });

  test('who are alone hold the floor as long as the server answers, and no longer', async () => {
    await engine.attend(0, server.seat('alone'), { ...person, meeting: 'alone' });
    const [alone] = await measuredAfter(2_500);
    expect(alone?.breach).toBeUndefined();
    expect(alone?.audio.packets).toBe(0);
    server.harm.dead = true;
    await sleep(7_500);
    expect(turnsOf(0).map(({ is }) => is)).toEqual(['in', 'lost']);
    expect(seconds.at(-1)?.members.at(0)?.[1].breach).toBe('unseated');
  });

  test('say goodbye when they leave', async () => {
    await seated(2);
    await sleep(500);
    engine.leave(0);
    await sleep(200);
    expect(server.heard.byes).toBe(1);
    expect(engine.size).toBe(1);
  });
});

describe('a seat', () => {
  const attend = async (changes: Partial<RtpSeat>) => {
    await engine.attend(7, { ...server.seat('a'), ...changes }, person);
    await sleep(700);
    return turnsOf(7);
  };

  test('whose key nobody knows is denied', async () => {
    expect(await attend({ key: 'made up' })).toMatchObject([{ is: 'refused', kind: 'denied' }]);
  });

  test('at a port where nobody listens is refused', async () => {
    expect(await attend({ port: 1 })).toMatchObject([{ is: 'refused', kind: 'refused' }]);
  });

  test('at a port that is none is refused', async () => {
    expect(await attend({ port: 70_000 })).toMatchObject([{ is: 'refused' }]);
  });

  test('beyond this machine is out of reach', async () => {
    const [turn] = await attend({ host: '192.0.2.1' });
    expect(turn).toMatchObject({ is: 'refused', kind: 'unreachable' });
    expect(turn).toHaveProperty('says', expect.stringContaining('192.0.2.1 is not this machine'));
  });
});
