import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Task } from '../../../chaos/injector.ts';
import { processInjector } from '../../../chaos/injectors/process.ts';
import { busy, processes, shareOf } from '../../support/busy-process.ts';
import { found, looks, undo } from '../../support/injection.ts';
import { needed } from '../../support/needed.ts';
import { ownerOf } from '../../support/owner-process.ts';
import { eventually } from '../../support/reference.ts';

/** Where cgroups with a quota can be made: version 2 as systemd mounts it, version 1 beside it. */
const PLACES = [
  { root: '/sys/fs/cgroup', quota: 'cpu.max', offers: () => controllers('/sys/fs/cgroup').includes('cpu') },
  { root: '/sys/fs/cgroup/cpu', quota: 'cpu.cfs_quota_us', offers: () => existsSync('/sys/fs/cgroup/cpu/cpu.shares') },
];

test('a cgroup whose quota can be set is there to try it', (context) => {
  const places = PLACES.filter(({ root, offers }) => offers() && mayWrite(root));
  needed(places.length > 0, 'a writable cgroup with the cpu controller', context);
});

for (const { root, quota, offers } of PLACES) {
  const isThere = offers() && mayWrite(root);
  describe.skipIf(!isThere)(
    `a cgroup with ${quota}${isThere ? '' : ` (needs a writable ${root} with the cpu controller)`}`,
    () => {
      const start = processes();
      const folder = join(root, `stormtest-test-${process.pid}`);
      const read = () => readFileSync(join(folder, quota), 'utf8').trim();
      beforeEach(() => mkdirSync(folder));
      afterEach(async () => {
        for (const pid of readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean)) {
          process.kill(Number(pid), 'SIGKILL');
        }
        await eventually(() => isRemoved(folder));
      });

      const inside = async () => {
        const { pid } = await start(busy());
        writeFileSync(join(folder, 'cgroup.procs'), String(pid));
        return pid;
      };
      const task = (pid: number, steps: readonly number[], lasting = 60_000): Task<'process'> => ({
        name: 'st_test_0',
        does: { kind: 'throttle', steps },
        means: { by: 'process', pid, cgroup: folder },
        lasting,
      });

      test('gives a process its shares one after another, and what it had before', async () => {
        const pid = await inside();
        const known = read();
        const prepared = await processInjector.prepare(task(pid, [0.5, 0.2], 6_000));
        try {
          const before = await looks(prepared);
          const undoing = prepared.undo;
          await prepared.inject();
          const began = performance.now();
          expect(Math.abs((await shareOf(pid, 2_500)) - 0.5)).toBeLessThan(0.1);
          await sleep(Math.max(0, 3_100 - (performance.now() - began)));
          expect(Math.abs((await shareOf(pid, 2_500)) - 0.2)).toBeLessThan(0.1);
          expect(await found((seen) => prepared.bites(before, seen), prepared)).toMatchObject({ holds: true });
          expect(read()).not.toBe(known);
          await undo(undoing);
          expect(read()).toBe(known);
          expect(await found((seen) => prepared.gone(before, seen), prepared)).toMatchObject({ holds: true });
          expect(await shareOf(pid, 1_000)).toBeGreaterThan(0.3);
        } finally {
          await prepared.close();
        }
      });

      test('has its quota back when the owner of the fault is killed, and also when all are', async () => {
        const pid = await inside();
        const known = read();
        const owner = await ownerOf('process', 'processInjector', task(pid, [0.2]));
        expect(read()).not.toBe(known);
        await owner.kill();
        await eventually(() => read() === known);
        const other = await ownerOf('process', 'processInjector', task(pid, [0.2]));
        const holder = other.undo.kind === 'all' && other.undo.parts.find((part) => part.kind === 'holder');
        if (!holder) throw new Error('nobody holds it');
        process.kill(holder.process.pid, 'SIGKILL');
        await other.kill();
        expect(read()).not.toBe(known);
        await undo(other.undo);
        expect(read()).toBe(known);
      });

      test('is refused for a process that is in another one', async () => {
        const { pid } = await start(['sleep', '60']);
        await expect(processInjector.prepare(task(pid, [0.2]))).rejects.toThrow(`process ${pid} is not in the cgroup`);
      });
    },
  );
}

function controllers(root: string): readonly string[] {
  try {
    return readFileSync(join(root, 'cgroup.controllers'), 'utf8').trim().split(' ');
  } catch {
    return [];
  }
}

/** A cgroup goes when the last of its processes has. */
function isRemoved(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
