import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { EXIT } from '../../core/exit.ts';
import type { JsonReport } from '../../reports/json.ts';
import { endStarted, startBeside } from '../support/command-line.ts';
import { descendantsOf } from '../support/descendants.ts';
import { startJanus } from '../support/janus-server.ts';
import { startLivekit } from '../support/livekit-server.ts';
import { needed } from '../support/needed.ts';
import { pathOf } from '../support/real-part.ts';
import { isAlive } from '../support/remains.ts';
import { TODAY } from '../support/strikes.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folders = temporaryFolders();
afterAll(endStarted);

/** A server that people meet on, and what befalls it in the middle of a storm. */
interface Stricken {
  readonly declared: object;
  /** A command that runs another one where it can be reached. */
  readonly beside: readonly string[];
  strike(): void;
  stop(): Promise<void>;
}

const servers = {
  'Janus that is killed': {
    part: 'janus',
    async start(): Promise<Stricken> {
      const { url, beside, signal, stop } = await startJanus({ inside: true });
      return { declared: { kind: 'janus', url }, beside, strike: () => signal('SIGKILL'), stop };
    },
  },
  'LiveKit that stands still': {
    part: 'livekit',
    async start(): Promise<Stricken> {
      const { url, metricsUrl, key, secret, stand, stop } = await startLivekit();
      const metrics = [{ name: 'livekit', url: metricsUrl, presets: ['livekit'] }];
      return { declared: { kind: 'livekit', url, key, secret, metrics }, beside: [], strike: stand, stop };
    },
  },
} as const;

test.for(Object.keys(servers) as (keyof typeof servers)[])(
  'a storm on a %s in the middle ends with a verdict, and with nothing left of it',
  { timeout: 300_000 },
  async (name, context) => {
    context.skip(name !== TODAY, 'its turn comes on another day');
    const { part, start } = servers[name];
    needed(pathOf(part) !== undefined, part, context);
    const folder = folders();
    const server = await start();
    try {
      const [file, state] = [join(folder, 'stormtest.config.yaml'), join(folder, 'state')];
      writeFileSync(file, stringify({ targets: { meet: server.declared } }));
      const args = [
        'cross-region-latency',
        '--target',
        'meet',
        '--config',
        file,
        '--out',
        join(folder, 'out'),
        '--json',
      ];
      const storm = startBeside(server.beside, args, { cwd: folder, env: { STORMTEST_STATE: state } });
      await storm.until(/: storm/);
      // Those who are in meetings live in a process of their own.
      const ours = descendantsOf(storm.pid);
      expect(ours).not.toEqual([]);
      server.strike();
      const { code, stdout, stderr } = await storm.ended;
      expect([EXIT.failed, EXIT.unproven], stderr).toContain(code);
      const { verdict, run, counts } = JSON.parse(stdout) as JsonReport;
      expect(['died', 'invalid', 'inconclusive']).toContain(verdict);
      expect(run.ended?.reason).toBe('completed');
      // It was there until then, and nobody was served any more in the end.
      const good = (phase: string) =>
        counts
          .filter((count) => count.phase === phase && count.class === 'media')
          .reduce((sum, one) => sum + one.good, 0);
      expect(good('baseline')).toBeGreaterThan(0);
      expect(good('recovery')).toBe(0);
      // One whose parent has just ended is there until somebody has heard of its end.
      await expect.poll(() => ours.filter(isAlive), { timeout: 10_000 }).toEqual([]);
      const intents = join(state, 'intents');
      expect(existsSync(intents) ? readdirSync(intents) : []).toEqual([]);
    } finally {
      await server.stop();
    }
  },
);
