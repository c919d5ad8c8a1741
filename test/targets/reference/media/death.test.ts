import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { picture, voice } from '../../../support/media-peer.ts';
import { type MediaHall, useMediaServer } from '../../../support/media-server.ts';
import { eventually } from '../../../support/reference.ts';
import { isAlive } from '../../../support/remains.ts';

async function backAfter(hall: MediaHall, pid: number): Promise<void> {
  await eventually(() => hall.server.pid !== pid && isAlive(hall.server.pid));
  await hall.connect();
}

describe('the end of a media server', () => {
  // A link this narrow takes a thousandth of what is sent here.
  const hall = useMediaServer('2014', { heapMegabytes: 24, egressBytesPerSecond: 100_000 });
  beforeEach(() => hall().connect());

  const ended = (count: number) => eventually(() => hall().deaths.length === count);

  test('one that is killed is told, comes back at the same ports, and knows nobody any more', async () => {
    const { server } = hall();
    const ada = await hall().seated('m', 'ada', 100);
    const { pid } = server;
    expect(readFileSync(server.pidFile, 'utf8')).toBe(`${pid}\n`);
    process.kill(pid, 'SIGKILL');
    await ended(1);
    expect(hall().deaths).toEqual(['was ended by SIGKILL']);
    await backAfter(hall(), pid);
    await eventually(() => readFileSync(server.pidFile, 'utf8') === `${server.pid}\n`);
    expect((await ada.bind('ada')).readUInt16BE(0)).toBe(0x0111);
    expect((await (await hall().seated('m', 'ada', 100)).bind('ada')).readUInt16BE(0)).toBe(0x0101);
  });

  test('one that keeps everything for everybody ends out of memory when its link does not take it', async () => {
    const before = hall().deaths.length;
    const { pid } = hall().server;
    const peers = await Promise.all(Array.from({ length: 60 }, (_, n) => hall().seated('m', `k-${n}`, 100 * n)));
    for (let sequence = 0; hall().deaths.length === before && sequence < 4_000; sequence += 1) {
      for (const [n, peer] of peers.entries()) peer.send(voice({ ssrc: 100 * n, sequence }));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await ended(before + 1);
    expect(hall().deaths.at(-1)).toMatch(
      /^was ended by SIGABRT; the last it said:\nFATAL ERROR: .*heap out of memory$/,
    );
    await backAfter(hall(), pid);
  });
});

// Elsewhere nobody enforces it, and the heap ends later.
describe.runIf(process.platform === 'linux')('the end of a media server that has its heap to spare', () => {
  const hall = useMediaServer('2016', { dataMegabytes: 128, egressBytesPerSecond: 100_000 });
  beforeEach(() => hall().connect());

  test('pictures that wait beside the heap end it by its memory', async () => {
    const { pid } = hall().server;
    const seats = Array.from({ length: 12 }, (_, n) => hall().seated('m', `p-${n}`, 100 * n, 100 * n + 1));
    const peers = await Promise.all(seats);
    let sequence = 0;
    for (; hall().deaths.length === 0 && sequence < 6_000; sequence += 1) {
      for (const [n, peer] of peers.entries()) peer.send(picture({ ssrc: 100 * n + 1, sequence, key: sequence === 0 }));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await eventually(() => hall().deaths.length === 1);
    expect(hall().deaths[0]).toMatch(/^was ended by SIGABRT|^ended with exit code/);
    // What waited takes some 105 bytes of the heap for each receiver: not half of it.
    expect(sequence * 12 * 11 * 105).toBeLessThan(32_000_000);
    await backAfter(hall(), pid);
  });
});
