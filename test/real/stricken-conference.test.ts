import { afterAll, expect, test } from 'vitest';
import { endStarted } from '../support/command-line.ts';
import { startJanus } from '../support/janus-server.ts';
import { startLivekit } from '../support/livekit-server.ts';
import { needed } from '../support/needed.ts';
import { pathOf } from '../support/real-part.ts';
import { expectEnded } from '../support/stricken-storm.ts';
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
    const server = await start();
    try {
      const strike = (ours: readonly number[]) => {
        // Those who are in meetings live in a process of their own.
        expect(ours).not.toEqual([]);
        server.strike();
      };
      const storm = { asked: ['cross-region-latency'], ...server, strike, folder: folders() };
      await expectEnded(storm, (count) => count.class === 'media');
    } finally {
      await server.stop();
    }
  },
);
