import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PeerTerms } from '../../../../targets/reference/media/order.ts';
import { picture, voice } from '../../../support/media-peer.ts';
import { type MediaHall, useMediaServer } from '../../../support/media-server.ts';
import { eventually } from '../../../support/reference.ts';

const opened: Socket[] = [];
afterEach(() => {
  for (const socket of opened.splice(0)) socket.close();
});

/** Stands before a way, counts what goes by, and takes its time. */
async function way(upstream: number, delay = 0) {
  const [front, back] = [createSocket('udp4'), createSocket('udp4')];
  opened.push(front, back);
  front.bind(0, '127.0.0.1');
  back.bind(0, '127.0.0.1');
  await Promise.all([once(front, 'listening'), once(back, 'listening')]);
  const passed: Buffer[] = [];
  let from = 0;
  front.on('message', async (datagram, { port }) => {
    // Questions and their answers come from another port than media.
    if (datagram.length === 8) from = port;
    else passed.push(datagram);
    await sleep(delay);
    if (opened.includes(back)) back.send(datagram, upstream, '127.0.0.1');
  });
  back.on('message', (datagram) => front.send(datagram, from, '127.0.0.1'));
  return {
    port: front.address().port,
    passed,
    of: (type: number) => passed.filter((one) => (one[1] ?? 0) % 128 === type),
  };
}

async function bridged(us: MediaHall, eu: MediaHall, delays: readonly [number, number]) {
  const [first, second] = [
    await way(eu.server.trunkPorts[0] ?? 0, delays[0]),
    await way(eu.server.trunkPorts[1] ?? 0, delays[1]),
  ];
  const routes = [first, second].map(({ port }, index) => ({ name: `us-eu-${index + 1}`, host: '127.0.0.1', port }));
  us.tell({
    type: 'bridge',
    meeting: 'm',
    peers: [{ name: 'eu', region: 'eu', routes: routes as unknown as PeerTerms['routes'] }],
  });
  eu.tell({ type: 'guest', key: 'ada', meeting: 'm', audio: 100, video: 101 });
  return { first, second };
}

const said = (sequence: number) => [
  voice({ ssrc: 100, sequence, level: 20 }),
  picture({ ssrc: 101, sequence, key: sequence === 1 }),
];
const [OPUS, VP8] = [111, 96];

describe('media servers of 2018 in two regions', () => {
  const [us, eu] = [useMediaServer('2018', {}, 'us'), useMediaServer('2018', {}, 'eu')];
  beforeEach(async () => {
    await us().connect();
    await eu().connect();
  });

  test('send each other sound by one way and pictures by the other, however long that takes', async () => {
    const { first, second } = await bridged(us(), eu(), [0, 100]);
    const ada = await us().seated('m', 'ada', 100);
    const bo = await eu().seated('m', 'bo', 200);
    for (const datagram of said(1)) ada.send(datagram);
    await eventually(() => bo.of(100).length === 1 && bo.of(101).length === 1);
    expect([first.of(OPUS), first.of(VP8), second.of(OPUS), second.of(VP8)].map(({ length }) => length)).toEqual([
      1, 0, 0, 1,
    ]);
    await eventually(
      async () => (await us().metric('reference_media_path_delay_seconds{path="us-eu-2",to="eu"}')) > 0.04,
    );
    for (const datagram of said(2)) ada.send(datagram);
    await eventually(() => second.of(VP8).length === 2);
    expect(first.of(OPUS)).toHaveLength(2);
  });

  test('know nothing of a guest any more who has left, or whose meeting is not shared any more', async () => {
    const { first } = await bridged(us(), eu(), [0, 0]);
    const ada = await us().seated('m', 'ada', 100);
    const bo = await eu().seated('m', 'bo', 200);
    ada.send(voice({ ssrc: 100, sequence: 1 }));
    await eventually(() => bo.of(100).length === 1);
    eu().tell({ type: 'give-up', key: 'ada' });
    await eventually(() => bo.reports(203).length === 1);
    ada.send(voice({ ssrc: 100, sequence: 2 }));
    await eventually(async () => (await eu().metric('reference_media_drops_total{cause="foreign"}')) > 0);
    expect(bo.of(100)).toHaveLength(1);
    us().tell({ type: 'bridge', meeting: 'm', peers: [] });
    await us().seated('m', 'chloe', 300);
    // Who has a seat was given it after the meeting ended to be shared; what was on its way until then has come in a moment.
    await sleep(100);
    const before = first.passed.length;
    ada.send(voice({ ssrc: 100, sequence: 3 }));
    await sleep(200);
    expect(first.passed).toHaveLength(before);
  });
});

describe('hardened media servers in two regions', () => {
  const [us, eu] = [useMediaServer('hardened', {}, 'us'), useMediaServer('hardened', {}, 'eu')];
  beforeEach(async () => {
    await us().connect();
    await eu().connect();
  });

  test('send both by the way that takes the least', async () => {
    const { first, second } = await bridged(us(), eu(), [150, 0]);
    const ada = await us().seated('m', 'ada', 100);
    const bo = await eu().seated('m', 'bo', 200);
    await eventually(
      async () => (await us().metric('reference_media_path_delay_seconds{path="us-eu-1",to="eu"}')) > 0.05,
    );
    await sleep(500);
    const before = first.passed.length;
    for (let sequence = 1; sequence <= 20; sequence += 1) {
      for (const datagram of said(sequence)) ada.send(datagram);
      await sleep(20);
    }
    await eventually(() => bo.of(100).length > 0 && bo.of(101).length > 0);
    expect(first.passed).toHaveLength(before);
    expect(Math.min(second.of(OPUS).length, second.of(VP8).length)).toBeGreaterThan(0);
  });
});
