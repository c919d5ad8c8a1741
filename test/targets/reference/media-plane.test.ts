import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { RtpSeat } from '../../../core/media.ts';
import type { ReferenceDeath, RunningReference } from '../../../targets/reference/start.ts';
import { type MediaPeer, mediaPeer, voice } from '../../support/media-peer.ts';
import {
  ask,
  describeWithReference,
  eventually,
  metric,
  startForTest,
  stopStarted,
  tokenOf,
} from '../../support/reference.ts';
import { foldersLeft, isAlive, useOwnTemporaryFolder } from '../../support/remains.ts';
import { SignalLine } from '../../support/signal-line.ts';

describeWithReference('the media of the reference target', () => {
  useOwnTemporaryFolder();
  const lines: SignalLine[] = [];
  const peers: MediaPeer[] = [];
  afterEach(async () => {
    for (const line of lines.splice(0)) line.close();
    for (const peer of peers.splice(0)) peer.close();
    await stopStarted();
    expect(foldersLeft()).toEqual([]);
  });

  const meetingOf = async (reference: RunningReference, token: string) => {
    const { body } = await ask(`${reference.url}/v1/meetings`, { method: 'POST', token, body: { name: 'Talk' } });
    return String(body.id);
  };
  const joined = async (reference: RunningReference, meeting: string, token: string) => {
    const line = await SignalLine.open(`${reference.url}/v1/meetings/${meeting}/signal`, token);
    lines.push(line);
    line.send({ type: 'join' });
    const { media } = (await line.next()) as unknown as { media: RtpSeat };
    return { line, media, peer: await seated(media) };
  };
  const seated = async ({ port, key }: RtpSeat) => {
    const peer = await mediaPeer(port);
    peers.push(peer);
    expect((await peer.bind(key)).readUInt16BE(0)).toBe(0x0101);
    return peer;
  };
  const seatsAt = async ({ media }: RunningReference) => {
    const pages = await Promise.all(media.map(async ({ metricsUrl }) => (await fetch(metricsUrl)).text()));
    return pages.map((page) => Number(/^reference_media_seats_kept(?:\{region="\w+"\})? (\d+)$/m.exec(page)?.[1]));
  };
  const serverAt = ({ processes }: RunningReference, pid: number) => processes.some((process) => process.pid === pid);

  test('people who join are given seats, are heard by each other, and give the seats up when they leave', async () => {
    const reference = await startForTest('hardened', { media: true });
    expect(reference.processes.map(({ name }) => name)).toEqual([
      'gateway',
      'postgres',
      'media-1',
      'media-2',
      'media-3',
    ]);
    expect(reference.services.media?.map(({ part }) => part)).toEqual(['media-1', 'media-2', 'media-3']);
    expect((await ask(`${reference.url}/v1/about`)).body.media).toEqual(reference.media);
    const token = await tokenOf(reference);
    const meeting = await meetingOf(reference, token);
    const [ada, bo] = [await joined(reference, meeting, token), await joined(reference, meeting, token)];
    expect(ada.media.port).toBe(bo.media.port);
    expect(ada.media.key).not.toBe(bo.media.key);
    let sequence = 0;
    await eventually(() => {
      ada.peer.send(voice({ ssrc: ada.media.audio, sequence, level: 10 }));
      sequence += 1;
      return bo.peer.of(ada.media.audio).length > 3;
    });
    // Other meetings go where there is more to spare; whatever else this machine does may be in the way of that for a moment.
    const others = [];
    do others.push(await joined(reference, await meetingOf(reference, token), token));
    while (others.at(-1)?.media.port === ada.media.port && others.length < 10);
    expect(others.at(-1)?.media.port).not.toBe(ada.media.port);
    expect((await seatsAt(reference)).toSorted()).toEqual([0, 1, 1 + others.length]);
    ada.line.send({ type: 'leave' });
    bo.line.break();
    for (const { line } of others) line.close();
    await eventually(async () => Math.max(...(await seatsAt(reference))) === 0);
    const { processes } = reference;
    await reference.stop();
    expect(processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
  });

  test('when a media server dies its people lose it, and are let in again on another one; it is started anew', async () => {
    const deaths: ReferenceDeath[] = [];
    const reference = await startForTest('2016', { media: true, onDeath: (death) => deaths.push(death) });
    const token = await tokenOf(reference);
    const meeting = await meetingOf(reference, token);
    const ada = await joined(reference, meeting, token);
    const pid = pidServing(reference, await seatsAt(reference));
    process.kill(pid, 'SIGKILL');
    expect(await ada.line.next()).toEqual({ type: 'media-lost' });
    const again = await joined(reference, meeting, token);
    expect(again.media.port).not.toBe(ada.media.port);
    await eventually(() => deaths.length > 0);
    expect(deaths).toMatchObject([{ process: expect.stringMatching(/^media-\d$/), says: 'was ended by SIGKILL' }]);
    await eventually(() => !serverAt(reference, pid));
    await eventually(async () => (await metric(reference, 'reference_media_servers')) === 2);
    expect(await metric(reference, 'reference_media_seats_lost_total')).toBe(1);
    expect(await metric(reference, 'reference_media_seats_moved_total')).toBe(0);
  });

  test('the hardened one gives them seats on the others, and tells them', async () => {
    const reference = await startForTest('hardened', { media: true, onDeath: () => {} });
    const token = await tokenOf(reference);
    const meeting = await meetingOf(reference, token);
    const [ada, bo] = [await joined(reference, meeting, token), await joined(reference, meeting, token)];
    const files = (reference.services.media ?? []).flatMap((means) =>
      means.by === 'process' && typeof means.pid === 'object' ? [means.pid.file] : [],
    );
    const pid = pidServing(reference, await seatsAt(reference));
    const file = files.find((name) => Number(readFileSync(name, 'utf8')) === pid);
    process.kill(pid, 'SIGKILL');
    const told = (await Promise.all([ada.line.next(), bo.line.next()])) as unknown as {
      type: string;
      media: RtpSeat;
    }[];
    expect(told.map(({ type }) => type)).toEqual(['media', 'media']);
    expect(new Set(told.map(({ media }) => media.port)).size).toBe(1);
    expect(told[0]?.media.port).not.toBe(ada.media.port);
    for (const { media } of told) await seated(media);
    expect(await metric(reference, 'reference_media_seats_moved_total')).toBe(2);
    await eventually(() => Number(readFileSync(file ?? '', 'utf8')) !== pid);
    bo.line.close();
    ada.line.close();
    await eventually(async () => (await metric(reference, 'reference_media_servers')) === 3);
    await eventually(async () => Math.max(...(await seatsAt(reference))) === 0);
  });

  test('meetings are moved away from one that is slow for seconds, and the others stay where they are', async () => {
    const reference = await startForTest('hardened', { media: true });
    const token = await tokenOf(reference);
    const ada = await joined(reference, await meetingOf(reference, token), token);
    const pid = pidServing(reference, await seatsAt(reference));
    let isOver = false;
    // A tenth of the time, as a processor that is too hot.
    const throttled = (async () => {
      for (let n = 0; !isOver && n < 60; n += 1) {
        process.kill(pid, 'SIGSTOP');
        await new Promise((resolve) => setTimeout(resolve, 450));
        process.kill(pid, 'SIGCONT');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
    const alive = setInterval(() => ada.peer.send(voice({ ssrc: ada.media.audio, sequence: 1 })), 1_000);
    const told = (await ada.line.next()) as unknown as { type: string; media: RtpSeat };
    isOver = true;
    clearInterval(alive);
    await throttled;
    expect(told.type).toBe('media');
    expect(told.media.port).not.toBe(ada.media.port);
    await seated(told.media);
    expect(await metric(reference, 'reference_media_servers_lost_total')).toBe(0);
    expect((await seatsAt(reference)).toSorted()).toEqual([0, 0, 1]);
  });

  test('one that is stopped but lives is taken for lost by the hardened gateway', async () => {
    const reference = await startForTest('hardened', { media: true });
    const token = await tokenOf(reference);
    const ada = await joined(reference, await meetingOf(reference, token), token);
    const pid = pidServing(reference, await seatsAt(reference));
    process.kill(pid, 'SIGSTOP');
    try {
      expect(await ada.line.next()).toMatchObject({ type: 'media' });
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await eventually(async () => (await metric(reference, 'reference_media_servers')) === 3);
    await eventually(async () => (await seatsAt(reference)).reduce((sum, seats) => sum + seats) === 1);
  });
});

/** The media server where the seats are. */
function pidServing({ processes }: RunningReference, seats: readonly number[]): number {
  const name = `media-${seats.findIndex((count) => count > 0) + 1}`;
  const found = processes.find((process) => process.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found.pid;
}
