import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { joinAccountOf } from '../../bench/joins/account.ts';
import { joinPlan } from '../../bench/joins/plan.ts';
import { TARGET } from '../../bench/ours/declaration.ts';
import { chosenIn, loaded } from '../../bench/ours/loaded.ts';
import { ENTRY_PHASES } from '../../core/media.ts';
import { parseExposition } from '../../metrics/exposition.ts';
import { PRESETS } from '../../metrics/presets.ts';
import { parseSelector, sumOf } from '../../metrics/selector.ts';
import { type LivekitServer, startLivekit } from '../support/livekit-server.ts';
import { describeWith } from '../support/real-part.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const RATE = 50;
const SECONDS = 3;
const MACHINE = { stormtest: '0', node: process.version, platform: '', cpu: '', cores: 1, memoryBytes: 1 };

/** How many the server says that it has let in. */
async function counted({ metricsUrl }: LivekitServer): Promise<number> {
  const page = await fetch(metricsUrl);
  const exposition = parseExposition(await page.text(), page.headers.get('content-type') ?? '');
  return sumOf(parseSelector(PRESETS.get('livekit')?.['join.success'] ?? ''), exposition) ?? Number.NaN;
}

describeWith('livekit', 'a storm of joins into a LiveKit server', () => {
  const folder = temporaryFolders();

  test('is made at the rate that was asked for, and every join and attempt of it is told step by step', {
    timeout: 90_000,
  }, async () => {
    const server = await startLivekit();
    try {
      const place = folder();
      const config = join(place, 'stormtest.config.yaml');
      const { url, key, secret } = server;
      writeFileSync(config, stringify({ targets: { [TARGET]: { kind: 'livekit', url, key, secret } } }));
      const chosen = await chosenIn(config, TARGET);
      const made = joinPlan(RATE, SECONDS, chosen.target);
      const entry = new URL('../../dist/cli/load-worker.js', import.meta.url);
      const { recording } = await loaded(made, chosen, place, { entry, machine: MACHINE });
      const account = joinAccountOf(recording);
      // Nobody is held back: all are due within the seconds of the storm, and all of them are accounted for.
      const { due, first, eventual, dropped, attempts, failedBy, entryMs } = account;
      expect(due).toBe(RATE * SECONDS);
      expect(dropped).toBe(0);
      const seconds = recording.bins
        .filter((bin) => bin.class === 'join' && bin.offered > 0)
        .map(({ second }) => second);
      expect(Math.max(...seconds) - Math.min(...seconds)).toBeLessThanOrEqual(SECONDS);
      expect(eventual).toBeGreaterThan(due / 2);
      expect(first).toBeLessThanOrEqual(eventual);
      const failed = Object.values(failedBy).reduce((sum, count) => sum + count, 0);
      expect(eventual + failed).toBeLessThanOrEqual(due);
      expect(attempts).toBeGreaterThanOrEqual(eventual);
      // Nobody tries again unseen: the server has let in as many as say so, and each of them in an attempt that is told.
      const tried = recording.traffic.filter((one) => one.class === 'join').reduce((sum, one) => sum + one.attempts, 0);
      const admitted = recording.media.reduce((sum, { comings }) => sum + (comings?.admitted ?? 0), 0);
      const again = recording.media.reduce((sum, { comings }) => sum + (comings?.attempts ?? 0), 0);
      expect(tried).toBeGreaterThanOrEqual(attempts);
      expect(await counted(server)).toBe(admitted);
      expect(admitted).toBeLessThanOrEqual(tried + again);
      const steps = ENTRY_PHASES.map((phase) => entryMs[phase]?.p50 ?? Number.NaN);
      expect(steps.every((ms) => ms > 0 && ms < 30_000)).toBe(true);
      const { auth, signalling, ice, dtls, own } = entryMs;
      expect([auth?.p50, signalling?.p50, ice?.p50, dtls?.p50].toSorted((a = 0, b = 0) => a - b)).toEqual([
        auth?.p50,
        signalling?.p50,
        ice?.p50,
        dtls?.p50,
      ]);
      // The head start of an answer is always our own.
      expect(own?.p50).toBeGreaterThanOrEqual(0);
    } finally {
      await server.stop();
    }
  });
});
