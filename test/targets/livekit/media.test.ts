import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ENTRY_PHASES, type EntryPhase } from '../../../core/media.ts';
import { livekitTarget } from '../../../targets/livekit/target.ts';
import { attended, peers } from '../../support/attended.ts';
import { startLivekit } from '../../support/livekit-server.ts';
import { describeWith } from '../../support/real-part.ts';
import { total } from '../../support/shards.ts';

describeWith('livekit', 'WebRTC participants in rooms of a LiveKit server', () => {
  test('meet, hear and see each other, and hold the quality floor', { timeout: 60_000 }, async () => {
    const server = await startLivekit();
    try {
      const target = livekitTarget('meet', { ...server, kind: 'livekit' });
      const { bins, media } = await attended(8_000, target, undefined, undefined, peers());
      const offered = total(bins, (bin) => bin.offered);
      expect(offered).toBe(7 + 5 * 6);
      expect(total(bins, (bin) => bin.good) / offered).toBeGreaterThan(0.7);
      // Two others, each 50 packets a second.
      expect(total(media, ({ audio }) => audio.packets)).toBeGreaterThan(offered * 70);
      expect(total(media, ({ video }) => video.packets)).toBeGreaterThan(offered * 20);
      expect(Math.abs(total(media, ({ audio }) => audio.lost))).toBeLessThan(offered);
      for (const name of ['roundTrip', 'jitter', 'mos'] as const)
        expect(
          total(media, (each) => each[name].length),
          name,
        ).toBeGreaterThan(0);
      // Steps of joining, one after the other.
      const entries = media.flatMap(({ entries }) => entries ?? []);
      const soonest = (phase: EntryPhase) =>
        Math.min(...entries.flatMap((entry) => entry[phase]?.filter((_, place) => place % 2 === 0) ?? []));
      const steps = ENTRY_PHASES.map(soonest);
      expect(steps.toSorted((a, b) => a - b)).toEqual(steps);
      expect(steps.at(-1)).toBeLessThan(5_000_000);
    } finally {
      await server.stop();
    }
  });

  test('are nothing the target is blamed for when their own process breaks', { timeout: 60_000 }, async () => {
    const server = await startLivekit();
    const host = peers();
    try {
      const target = livekitTarget('meet', { ...server, kind: 'livekit' });
      const broken = async () => {
        await sleep(4_000);
        process.kill(host.pid, 'SIGKILL');
      };
      const { bins } = await attended(8_000, target, broken, undefined, host);
      const after = bins.filter(({ second }) => second >= 6);
      expect(total(bins, (bin) => bin.dropped)).toBe(6);
      expect(total(after, (bin) => bin.offered)).toBe(0);
    } finally {
      await server.stop();
    }
  });
});
