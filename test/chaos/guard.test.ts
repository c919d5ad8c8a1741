import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Guard } from '../../chaos/guard.ts';
import { openLogs } from '../../chaos/intents.ts';
import { processIdentity } from '../../chaos/process-identity.ts';
import { guards } from '../support/guards.ts';
import { eventually } from '../support/reference.ts';
import { isAlive } from '../support/remains.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folder = temporaryFolders();
const guarded = guards();

/** Intends to make a file, whose undo is to remove it. */
function intended(guard: Guard, path: string, name = 'st_run_0'): void {
  const expiresAt = new Date(Date.now() + 60_000).toISOString();
  guard.intend({ name, says: 'a file', undo: { kind: 'file', path }, expiresAt });
}

test('there is nothing to watch over before the first intention, and one watchdog from then on', () => {
  const at = folder();
  const guard = guarded(at);
  expect([guard.watchdog, guard.open(), readdirSync(at)]).toEqual([undefined, [], []]);
  intended(guard, join(at, 'file'));
  const { watchdog } = guard;
  expect(watchdog).toBeGreaterThan(1);
  intended(guard, join(at, 'other'), 'st_run_1');
  expect(guard.watchdog).toBe(watchdog);
  expect(guard.open().map(({ name }) => name)).toEqual(['st_run_0', 'st_run_1']);
  expect(guard.open()[0]?.owner).toEqual(processIdentity(process.pid));
});

test('a watchdog that is ended from outside is followed by another one', async () => {
  const guard = guarded(folder());
  intended(guard, '/nowhere/file');
  const first = guard.watchdog ?? 0;
  process.kill(first, 'SIGKILL');
  await eventually(() => guard.watchdog !== first && isAlive(guard.watchdog ?? 0));
});

test('what is undone by its owner leaves no log, and the watchdog ends', async () => {
  const at = folder();
  const guard = guarded(at);
  intended(guard, join(at, 'file'));
  guard.applied('st_run_0');
  guard.undone('st_run_0');
  expect([guard.open(), openLogs(guard.folder)]).toEqual([[], []]);
  const watchdog = guard.watchdog ?? 0;
  guard.close();
  await eventually(() => !isAlive(watchdog));
});

test('what is open at the end is left to the watchdog', async () => {
  const at = folder();
  const guard = guarded(at);
  const file = join(at, 'file');
  intended(guard, file);
  writeFileSync(file, '');
  const watchdog = guard.watchdog ?? 0;
  guard.close();
  await eventually(() => !existsSync(file) && !isAlive(watchdog));
  expect(openLogs(guard.folder)).toEqual([]);
});

test('what cannot be written down is not to be done, and nobody watches over it', () => {
  const at = folder();
  writeFileSync(join(at, 'intents'), '');
  const guard = guarded(at);
  expect(() => intended(guard, join(at, 'file'))).toThrow('so nothing is done that would have to be undone');
  expect(guard.watchdog).toBeUndefined();
});
