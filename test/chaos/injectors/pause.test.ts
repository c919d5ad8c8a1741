import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Task } from '../../../chaos/injector.ts';
import { processInjector } from '../../../chaos/injectors/process.ts';
import type { Undo } from '../../../chaos/undo.ts';
import { busy, goesOn, processes, shareOf, stateOf } from '../../support/busy-process.ts';
import { found, looks, undo } from '../../support/injection.ts';
import { ownerOf } from '../../support/owner-process.ts';
import { eventually } from '../../support/reference.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

describe('a process that is paused', () => {
  const start = processes();
  const folder = temporaryFolders();

  const task = (pid: number | { file: string }): Task<'process'> => ({
    name: 'st_test_0',
    does: { kind: 'pause' },
    means: { by: 'process', pid },
    lasting: 60_000,
  });

  test('does nothing at all until it is let go', async () => {
    const { pid } = await start(busy());
    const prepared = await processInjector.prepare(task(pid));
    try {
      const before = await looks(prepared);
      expect(prepared.bites(before, before)).toMatchObject({ holds: false });
      const undoing = prepared.undo;
      await prepared.inject();
      expect(await found((seen) => prepared.bites(before, seen), prepared)).toMatchObject({ holds: true });
      // What it did in its last moment may be accounted for a little later.
      expect(await shareOf(pid, 1_000)).toBeLessThan(0.01);
      // Whoever supervises it may continue it; it is paused all the same.
      process.kill(pid, 'SIGCONT');
      await sleep(200);
      expect(stateOf(pid)).toBe('T');
      await undo(undoing);
      expect(await found((seen) => prepared.gone(before, seen), prepared)).toMatchObject({ holds: true });
      expect(await shareOf(pid, 1_000)).toBeGreaterThan(0.3);
      await undo(undoing);
      expect(stateOf(pid)).not.toBe('T');
    } finally {
      await prepared.close();
    }
  });

  test('goes on when all who could let it go are killed and what was written down is undone', async () => {
    const { pid } = await start(['sleep', '60']);
    const owner = await ownerOf('process', 'processInjector', task(pid));
    await eventually(() => stateOf(pid) === 'T');
    // A holder that hangs does not see that its owner is gone.
    process.kill(holderIn(owner.undo), 'SIGSTOP');
    await owner.kill();
    await sleep(300);
    expect(stateOf(pid)).toBe('T');
    await undo(owner.undo);
    expect(stateOf(pid)).not.toBe('T');
  });

  test('is the one that is behind its file when the fault begins, and no later one', async () => {
    const file = join(folder(), 'pid');
    const [first, second, third] = [
      await start(['sleep', '60']),
      await start(['sleep', '61']),
      await start(['sleep', '62']),
    ];
    writeFileSync(file, `${first.pid}\n`);
    const prepared = await processInjector.prepare(task({ file }));
    try {
      writeFileSync(file, `${second.pid}\n`);
      const undoing = prepared.undo;
      writeFileSync(file, `${third.pid}\n`);
      await prepared.inject();
      await eventually(() => stateOf(second.pid) === 'T');
      expect([goesOn(first.pid), goesOn(third.pid)]).toEqual([true, true]);
      await undo(undoing);
      expect(stateOf(second.pid)).not.toBe('T');
    } finally {
      await prepared.close();
    }
  });

  test.each([
    ['nobody', 4_194_303, 'there is no process 4194303'],
    ['everybody', -1, '-1 is the id of no process'],
    ['the first process', 1, '1 is the id of no process'],
    ['stormtest itself', process.pid, 'is stormtest itself'],
    ['a file that is not there', { file: '/nonexistent/pid' }, '/nonexistent/pid cannot be read: ENOENT'],
  ])('cannot be %s', async (_, pid, why) => {
    await expect(processInjector.prepare(task(pid))).rejects.toThrow(why);
  });

  test('cannot be whoever has got the id of one that ended long ago', async () => {
    const file = join(folder(), 'pid');
    const { pid } = await start(['sleep', '60']);
    writeFileSync(file, `${pid}\n`);
    utimesSync(file, new Date(), new Date(Date.now() - 60_000));
    await expect(processInjector.prepare(task({ file }))).rejects.toThrow(`began after ${file} was written`);
  });
});

function holderIn(undoing: Undo): number {
  const holder = undoing.kind === 'all' ? undoing.parts.find((part) => part.kind === 'holder') : undefined;
  if (!holder) throw new Error('nobody holds it');
  return holder.process.pid;
}
