import { createSocket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { monotonic } from '../../../core/clock.ts';
import type { MediaFacts, RtpSeat } from '../../../core/media.ts';
import { sequence } from '../../../core/random.ts';
import type { Client, Target } from '../../../core/target.ts';
import { Engine } from '../../../generators/participants/engine/engine.ts';
import { Listener } from '../../../generators/participants/engine/listener.ts';
import type { Turn } from '../../../generators/participants/engine/member.ts';
import { rtpEntrance } from '../../../generators/participants/engine/rtp-entrance.ts';
import { type RtcpPacket, writeRtcp } from '../../../generators/participants/packets/rtcp.ts';
import { writeStun } from '../../../generators/participants/packets/stun.ts';
import { Frames } from '../../../generators/participants/reception/frames.ts';
import { attended } from '../../support/attended.ts';
import { type Abuse, type HostileMedia, hostileMedia } from '../../support/hostile-media.ts';
import { picture, voice } from '../../support/media-peer.ts';
import { total } from '../../support/shards.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

const draw = sequence(20_130_401);
const noise = (length: number) => Buffer.from(Array.from({ length }, () => Math.floor(draw() * 256)));

/** A packet of a voice whose bytes at some places are others. */
function spoilt(round: number, ...bytes: readonly (readonly [place: number, byte: number])[]): Buffer {
  const packet = voice({ ssrc: 7, sequence: round, level: 30, size: 40 });
  for (const [place, byte] of bytes) packet[place < 0 ? packet.length + place : place] = byte;
  return packet;
}

/** What it says, and nothing of it can be told apart. */
const USELESS: readonly (readonly [string, Abuse])[] = [
  ['RTP of another version', (_, n) => [spoilt(n, [0, 0x50]), spoilt(n, [0, 0xd0])]],
  ['headers that end early', (_, n) => [3, 8, 11].map((end) => spoilt(n).subarray(0, end))],
  ['more contributing sources than packet', (_, n) => [spoilt(n, [0, 0x9f]).subarray(0, 40)]],
  ['an extension beyond the packet', (_, n) => [spoilt(n, [14, 0xff], [15, 0xff])]],
  ['more padding than payload', (_, n) => [spoilt(n, [0, 0xb0], [-1, 200]), spoilt(n, [0, 0xb0], [-1, 0])]],
  ['payload types nobody agreed on', (_, n) => [0, 5, 63, 97, 127].map((type) => spoilt(n, [1, type]))],
  ['what was sent itself', ({ audio }, n) => [voice({ ssrc: audio, sequence: n, level: 30 })]],
  ['RTCP of noise', () => [Buffer.concat([Buffer.from([0x80, 200, 0, 90]), noise(40)])]],
  ['RTCP whose second packet is broken', () => [Buffer.concat([writeRtcp([{ kind: 'bye', ssrcs: [1] }]), noise(3)])]],
  [
    'STUN that is broken',
    () => [writeStun({ kind: 'request', transaction: noise(12), username: 'x' }).subarray(0, 22)],
  ],
  ['protocols nobody speaks', () => [Buffer.concat([Buffer.from([0x16, 3, 1]), noise(60)]), Buffer.alloc(0)]],
];

/** What it says, of which much cannot be put in order, though each packet can be read. */
const CONFUSED: readonly (readonly [string, Abuse])[] = [
  ['jumps of 30,000', (_, n) => [voice({ ssrc: 7, sequence: n * 30_000, level: 30 })]],
  [
    'two senders of one number',
    (_, n) => [0, 30_000].map((from) => voice({ ssrc: 7, sequence: from + n, timestamp: from * 977 + n * 960 })),
  ],
  [
    'another stream each time',
    (_, n) => Array.from({ length: 300 }, (__, i) => voice({ ssrc: 1e6 + n * 300 + i, sequence: 1 })),
  ],
];

const nonsense: RtcpPacket = {
  ...{ kind: 'sender-report', ssrc: 7, at: { seconds: 0xffffffff, fraction: 0xffffffff } },
  ...{ timestamp: 0xffffffff, packets: 0, octets: 0 },
  blocks: [{ ssrc: 10, fractionLost: 255, lost: -1, highest: 0, jitter: 0xffffffff, lastReport: 1, delay: 0xffffffff }],
};

/** What it says can be read, and says nothing that can be. */
const ABSURD: readonly (readonly [string, Abuse])[] = [
  ['timestamps that run backwards', (_, n) => [voice({ ssrc: 7, sequence: n, timestamp: -n * 48_000 })]],
  [
    'a frame without an end',
    (_, n) =>
      Array.from({ length: 50 }, (__, i) => picture({ ssrc: 8, sequence: n * 50 + i, timestamp: 1, begins: false })),
  ],
  ['reports from the end of time', (_, n) => [voice({ ssrc: 7, sequence: n }), writeRtcp([nonsense])]],
  ['datagrams of 60,000 bytes', (_, n) => [voice({ ssrc: 7, sequence: n, size: 60_000 })]],
];

const facts = new Map<number, MediaFacts[]>();
const told: [number, Turn][] = [];

/** Seats somebody at each, all at once, and lets some seconds pass. */
async function suffered(servers: readonly HostileMedia[], milliseconds: number): Promise<Engine<RtpSeat>> {
  facts.clear();
  told.length = 0;
  const engine = new Engine<RtpSeat>({
    ...{ seed: 1, enter: rtpEntrance({ loopbackOnly: true, insecureTls: false }), now: monotonic },
    tell: (id, turn) => told.push([id, turn]),
    tellSecond: ({ members }) => {
      for (const [id, one] of members) facts.set(id, [...(facts.get(id) ?? []), one]);
    },
  });
  closing.push(() => engine.stop());
  engine.begin(monotonic());
  const person = (who: number) => ({ meeting: `alone-${who}`, size: 2, camera: true, who });
  await Promise.all(servers.map((server, who) => engine.attend(who, server.seat(), person(who))));
  await sleep(milliseconds);
  return engine;
}

const sum = (id: number, of: (one: MediaFacts) => number) =>
  (facts.get(id) ?? []).reduce((all, one) => all + of(one), 0);
const numbersIn = (value: unknown): number[] =>
  typeof value === 'number'
    ? [value]
    : typeof value === 'object' && value
      ? Object.values(value).flatMap(numbersIn)
      : [];

describe('a media server that talks nonsense', () => {
  test('is heard out: what is of no use is counted, all else is measured, and nobody breaks', {
    timeout: 30_000,
  }, async () => {
    const all = [...USELESS, ...CONFUSED, ...ABSURD];
    const servers = await Promise.all(all.map(([, abuse]) => hostileMedia(abuse)));
    for (const { close } of servers) closing.push(close);
    await suffered(servers, 4_500);
    for (const [id, [name]] of all.entries()) {
      expect(facts.get(id)?.length, name).toBeGreaterThan(2);
      expect(numbersIn(facts.get(id)).every(Number.isFinite), name).toBe(true);
      expect(
        told.filter(([of]) => of === id).map(([, { is }]) => is),
        name,
      ).toEqual(['in']);
      const discarded = sum(id, (one) => one.discarded ?? 0);
      const heard = sum(id, ({ audio, video }) => audio.packets + video.packets);
      const isUseless = id < USELESS.length;
      if (id < USELESS.length + CONFUSED.length) expect(discarded, name).toBeGreaterThan(isUseless ? 15 : 5);
      else expect(discarded, name).toBe(0);
      if (isUseless) expect(heard, name).toBe(0);
      else expect(heard, name).toBeGreaterThan(0);
      // More than it said cannot have come.
      expect(discarded + heard, name).toBeLessThanOrEqual(servers[id]?.said ?? 0);
    }
  });

  test('is not mixed up with somebody else who talks to the same port', async () => {
    const server = await hostileMedia((_, n) => [voice({ ssrc: 7, sequence: n })]);
    const stranger = createSocket('udp4');
    closing.push(server.close, () => void stranger.close());
    await suffered([server], 300);
    expect(server.ports()).toHaveLength(1);
    for (let n = 0; n < 50; n += 1) {
      for (const port of server.ports()) stranger.send(voice({ ssrc: 99, sequence: n }), port, '127.0.0.1');
      await sleep(50);
    }
    // Of ten packets a second of its own; those of the stranger would be twenty.
    expect(facts.get(0)?.length).toBeGreaterThan(1);
    for (const { audio, discarded } of facts.get(0) ?? []) {
      expect(audio.packets).toBeLessThan(16);
      expect(discarded).toBeUndefined();
    }
  });

  test('at 50,000 packets a second is bounded in memory, and the seconds go on', { timeout: 30_000 }, async () => {
    const junk = [spoilt(1, [0, 0x50]), voice({ ssrc: 7, sequence: 1 }), spoilt(1, [1, 5])];
    const flood = Array.from({ length: 500 }, (_, n) => junk[n % junk.length] ?? Buffer.alloc(0));
    const server = await hostileMedia(() => flood, 10);
    closing.push(server.close);
    const before = process.memoryUsage().rss;
    await suffered([server], 4_500);
    expect(facts.get(0)?.length).toBeGreaterThan(2);
    expect(sum(0, ({ discarded = 0 }) => discarded)).toBeGreaterThan(5_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(400e6);
  });

  test('ends nobody: the journey goes on, and the recording has what was passed over', {
    timeout: 30_000,
  }, async () => {
    const server = await hostileMedia((seat, n) => [...USELESS, ...CONFUSED].flatMap(([, abuse]) => abuse(seat, n)));
    closing.push(server.close);
    const client: Client = {
      async login() {},
      createMeeting: async () => ({ id: 'a' }),
      join: async () => ({ media: server.seat(), leave: async () => {} }),
      elsewhere: () => client,
    };
    const operations = ['login', 'createMeeting', 'join', 'media'] as const;
    const made = { name: 'made-up', capacity: {}, metrics: [], services: {}, operations };
    const target: Target = { ...made, client: () => client };
    const { bins, media } = await attended(5_000, target);
    const offered = total(bins, (bin) => bin.offered);
    expect(offered).toBeGreaterThan(12);
    expect(total(media, ({ participants }) => participants)).toBe(offered);
    expect(total(media, ({ discarded = 0 }) => discarded)).toBeGreaterThan(100);
  });
});

test('a listener survives whatever comes, and tells numbers that are some', () => {
  const good = [
    ...[1, 2, 3, 4].map((ssrc) => (n: number) => voice({ ssrc, sequence: n, level: 30 })),
    ...[5, 6].map((ssrc) => (n: number) => picture({ ssrc, sequence: n, begins: n % 2 === 0 })),
    () => writeRtcp([nonsense, { kind: 'bye', ssrcs: [3] }]),
  ];
  const place = (length: number) => Math.floor(draw() * length);
  const listener = new Listener(new Set([10, 11]), new Map([[5, 1]]));
  let seen = 0;
  for (let round = 0; round < 60_000; round += 1) {
    const datagram = Buffer.from(good[place(good.length)]?.(round) ?? []);
    for (let n = place(5); n > 0; n -= 1) datagram[place(Math.min(datagram.length, 40))] = place(256);
    if (draw() < 0.5) listener.rtp(datagram, round / 10);
    else listener.rtcp(datagram, round / 10);
    if (round % 1_000 !== 999) continue;
    const now = round / 10;
    const { discarded = 0, ...others } = listener.take({
      ...{ now, seated: true, expected: true, roundTrip: undefined },
      bytesSent: 0,
    });
    seen += discarded;
    expect(numbersIn(others).every(Number.isFinite), `round ${round}`).toBe(true);
    expect(numbersIn(listener.blocks(now)).every(Number.isFinite), `round ${round}`).toBe(true);
  }
  expect(seen).toBeGreaterThan(10_000);
});

test('a frame of more packets than any is forgotten, one of many is not', () => {
  const whole = (count: number) => {
    const frames = new Frames();
    const parts = Array.from({ length: count }, (_, n) => ({
      ...{ sequence: n, timestamp: 1, begins: n === 0, ends: n === count - 1 },
    }));
    return parts.map((part) => frames.take(part)).at(-1);
  };
  expect(whole(1_500)).toEqual({ timestamp: 1, first: 0, last: 1_499 });
  expect(whole(5_000)).toBeUndefined();
});
