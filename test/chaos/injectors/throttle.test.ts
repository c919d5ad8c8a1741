import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Task } from '../../../chaos/injector.ts';
import { processInjector } from '../../../chaos/injectors/process.ts';
import type { ProcessIdentity, Undo } from '../../../chaos/undo.ts';
import { busy, goesOn, halfBusy, processes, shareOf, stateOf } from '../../support/busy-process.ts';
import { found, looks, undo } from '../../support/injection.ts';
import { ownerOf } from '../../support/owner-process.ts';
import { eventually } from '../../support/reference.ts';

describe('a process that is throttled', () => {
  const start = processes();

  const task = (
    pid: number,
    steps: readonly number[],
    lasting = 60_000,
    of: 'core' | 'its use' = 'core',
  ): Task<'process'> => ({
    name: 'st_test_0',
    does: { kind: 'throttle', steps, of },
    means: { by: 'process', pid },
    lasting,
  });

  test.each([
    [0.1, 1],
    [0.5, 3],
  ])('gets %d of a core, however busy it is (%d threads), and all of it afterwards', async (share, threads) => {
    const { pid } = await start(busy(threads));
    await sleep(500);
    const prepared = await processInjector.prepare(task(pid, [share]));
    try {
      const before = await looks(prepared);
      const undoing = prepared.undo;
      await prepared.inject();
      expect(Math.abs((await shareOf(pid, 3_000)) - share)).toBeLessThan(0.1);
      expect(await found((seen) => prepared.bites(before, seen), prepared)).toMatchObject({ holds: true });
      await undo(undoing);
      expect(await found((seen) => prepared.gone(before, seen), prepared)).toMatchObject({ holds: true });
      // The machine may be busy with other things, but nothing holds it back any more.
      expect(await shareOf(pid, 1_500)).toBeGreaterThan(Math.max(0.4, share));
    } finally {
      await prepared.close();
    }
  });

  test('gets one share after another', async () => {
    const { pid } = await start(busy());
    await sleep(500);
    const prepared = await processInjector.prepare(task(pid, [0.6, 0.3, 0.1], 9_000));
    try {
      await prepared.inject();
      const began = performance.now();
      for (const [at, asked] of [0.6, 0.3, 0.1].entries()) {
        await sleep(Math.max(0, began + at * 3_000 - performance.now()));
        expect(Math.abs((await shareOf(pid, 2_800)) - asked)).toBeLessThan(0.1);
      }
      // The last one stays until it is lifted.
      expect(Math.abs((await shareOf(pid, 2_000)) - 0.1)).toBeLessThan(0.1);
    } finally {
      await prepared.close();
    }
  });

  test('gets its share of what it was seen to use before', async () => {
    const { pid } = await start(halfBusy());
    await sleep(500);
    const prepared = await processInjector.prepare(task(pid, [0.4], 60_000, 'its use'));
    try {
      const before = await looks(prepared);
      const used = await shareOf(pid, 1_500);
      await prepared.inject();
      const share = await shareOf(pid, 3_000);
      expect(share).toBeGreaterThan(0.15 * used);
      expect(share).toBeLessThan(0.7 * used);
      expect(await found((seen) => prepared.bites(before, seen), prepared)).toMatchObject({ holds: true });
    } finally {
      await prepared.close();
    }
  });

  test('cannot get a share of its use when nobody saw it use anything', async () => {
    const { pid } = await start(['sleep', '60']);
    const prepared = await processInjector.prepare(task(pid, [0.5], 60_000, 'its use'));
    try {
      await looks(prepared, 1);
      await expect(prepared.inject()).rejects.toThrow('was not seen to use any of the processor');
      expect(goesOn(pid)).toBe(true);
    } finally {
      await prepared.close();
    }
  });

  test('is in place for as long as it is held, also when its work has gone elsewhere', async () => {
    const { pid } = await start(['sleep', '60']);
    const prepared = await processInjector.prepare(task(pid, [0.5]));
    try {
      const before = await looks(prepared, 1);
      const undoing = prepared.undo;
      await prepared.inject();
      expect(prepared.stays?.(before, await looks(prepared))).toMatchObject({ holds: true });
      await undo(undoing);
      await eventually(async () => prepared.stays?.(before, await looks(prepared, 1)).holds === false);
    } finally {
      await prepared.close();
    }
  });

  test('is no proof when it wanted no more than its share', async () => {
    const { pid } = await start(['sleep', '60']);
    const prepared = await processInjector.prepare(task(pid, [0.5]));
    try {
      const before = await looks(prepared);
      await prepared.inject();
      await sleep(300);
      const finding = prepared.bites(before, await looks(prepared));
      expect(finding).toMatchObject({ holds: false, says: expect.stringContaining('nothing was taken from it') });
    } finally {
      await prepared.close();
    }
  });

  test.each(['holder', 'owner'] as const)('goes on when its %s is killed', async (victim) => {
    for (let n = 0; n < 2; n += 1) {
      const { pid } = await start(busy());
      await sleep(400);
      const owner = await ownerOf('process', 'processInjector', task(pid, [0.02]));
      try {
        await eventually(() => stateOf(pid) === 'T');
        if (victim === 'holder') process.kill(holderIn(owner.undo).pid, 'SIGKILL');
        else await owner.kill();
        await sleep(500);
        const states = [];
        for (let look = 0; look < 50; look += 1) {
          states.push(stateOf(pid));
          await sleep(10);
        }
        expect(states).not.toContain('T');
        await undo(owner.undo);
      } finally {
        await owner.kill();
      }
    }
  });

  test('is refused where another has stopped it already', async () => {
    const { pid } = await start(['sleep', '60']);
    process.kill(pid, 'SIGSTOP');
    await eventually(() => stateOf(pid) === 'T');
    await expect(processInjector.prepare(task(pid, [0.5]))).rejects.toThrow('is stopped already');
  });
});

function holderIn(undoing: Undo): ProcessIdentity {
  const holder = undoing.kind === 'all' ? undoing.parts.find((part) => part.kind === 'holder') : undefined;
  if (!holder) throw new Error('nobody holds it');
  return holder.process;
}
