import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Opened } from '../../core/event.ts';
import { EXIT } from '../../core/exit.ts';
import { answered } from '../support/answered.ts';
import { endStarted, startCommand } from '../support/command-line.ts';
import { descendantsOf, sharedMemory } from '../support/descendants.ts';
import { begun } from '../support/kept-target.ts';
import { describeWithReference, eventually } from '../support/reference.ts';
import { foldersLeft, isAlive, useOwnTemporaryFolder } from '../support/remains.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folder = temporaryFolders();

describeWithReference('kill -9', () => {
  useOwnTemporaryFolder();
  afterAll(endStarted);

  test.runIf(process.platform === 'linux').each([
    ['a storm on reference:2020', ['--target', 'reference:2020'], '', /: storm$/m],
    ['the demonstration', ['--demo'], '2020', /: baseline$/m],
  ])(
    'of %s leaves no process, port, folder, shared memory or temporary file after 7 s',
    async (_, words, run, moment) => {
      const cwd = folder();
      const before = sharedMemory();
      const storm = await begun(
        () => startCommand(['login-storm', ...words, '--out', join(cwd, 'out')], { cwd }),
        moment,
      );
      const started = descendantsOf(storm.pid);
      expect(started.length).toBeGreaterThanOrEqual(5);
      expect(foldersLeft()).toHaveLength(1);
      const recording = join(cwd, 'out', run, 'recording.jsonl');
      const { target } = JSON.parse(readFileSync(recording, 'utf8').split('\n')[0] ?? '') as Opened;
      const { origin } = new URL(target.metrics[0]?.url ?? '');
      expect((await fetch(`${origin}/healthz`)).status).toBe(200);
      storm.signal('SIGKILL');
      await storm.ended;
      await eventually(() => foldersLeft().length === 0 && !started.some(isAlive), 7_000);
      await expect(fetch(origin)).rejects.toThrow();
      expect(sharedMemory().filter((name) => !before.includes(name))).toEqual([]);
      expect(readdirSync(join(recording, '..')).toSorted()).toEqual(['ledger.jsonl', 'recording.jsonl']);
      const again = await answered(['score', recording]);
      expect(again.code).toBe(EXIT.unproven);
      expect(again.stdout.replaceAll(/\s+/g, ' ')).toMatch(/the recording ends without a closing line \d/);
    },
  );
});
