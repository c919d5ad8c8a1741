import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { livekitTarget } from '../../../targets/livekit/target.ts';
import { attended, expectMet, peers } from '../../support/attended.ts';
import { startLivekit } from '../../support/livekit-server.ts';
import { describeWith } from '../../support/real-part.ts';
import { total } from '../../support/shards.ts';

describeWith('livekit', 'WebRTC participants in rooms of a LiveKit server', () => {
  test('meet, hear and see each other, and hold the quality floor', { timeout: 60_000 }, async () => {
    const server = await startLivekit();
    try {
      const target = livekitTarget('meet', { ...server, kind: 'livekit' });
      const met = await attended(8_000, target, undefined, undefined, peers());
      expect(total(met.bins, (bin) => bin.offered)).toBe(7 + 5 * 6);
      // Two others, each 50 packets a second.
      expectMet(met, { good: 0.4, audio: 35, video: 8 });
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
