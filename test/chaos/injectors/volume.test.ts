import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Task } from '../../../chaos/injector.ts';
import { volumeInjector } from '../../../chaos/injectors/volume.ts';
import { found, looks, undo } from '../../support/injection.ts';
import { needed } from '../../support/needed.ts';
import { ownerOf } from '../../support/owner-process.ts';
import { eventually } from '../../support/reference.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

const MIB = 1024 * 1024;
const SIZE = 48 * MIB;

/** How volumes of each kind are made in a folder; what is returned is mounted there. */
const KINDS: Readonly<Record<string, (at: string) => void>> = {
  tmpfs: (at) => run('mount', '-t', 'tmpfs', '-o', `size=${SIZE}`, 'stormtest', at),
  ext4(at) {
    writeFileSync(`${at}.image`, '');
    truncateSync(`${at}.image`, SIZE);
    run('mkfs.ext4', '-q', `${at}.image`);
    run('mount', '-o', 'loop', `${at}.image`, at);
  },
  overlay(at) {
    run('mount', '-t', 'tmpfs', '-o', `size=${SIZE}`, 'stormtest', at);
    for (const name of ['lower', 'upper', 'work']) mkdirSync(join(at, name));
    run(
      'mount',
      '-t',
      'overlay',
      'stormtest',
      '-o',
      `lowerdir=${at}/lower,upperdir=${at}/upper,workdir=${at}/work`,
      at,
    );
  },
};

describe('a volume that is filled', () => {
  const folder = temporaryFolders();
  const injector = volumeInjector({ own: [tmpdir()] });
  const task = (path: string, leave: number, shared?: boolean): Task<'volume'> => ({
    name: 'st_test_0',
    does: { kind: 'fill', leave },
    means: { by: 'volume', path, ...(shared !== undefined && { shared }) },
    lasting: 60_000,
  });

  for (const [kind, make] of Object.entries(KINDS)) {
    const mounts = canMount(make);
    describe.skipIf(!mounts && process.env.STORMTEST_REQUIRE_REAL !== '1')(
      `is ${kind}${mounts ? '' : ' (needs to be allowed to mount it)'}`,
      () => {
        let at: string;
        beforeEach(() => {
          at = join(folder(), 'volume');
          mkdirSync(at);
          make(at);
        });
        afterEach(() => unmounted(at));

        test.each([0, 1_000_000, 20 * MIB])(
          'until no more than %d bytes are free, and emptied again',
          async (leave) => {
            const [free, block] = [freeOn(at), statfsSync(at).bsize];
            const prepared = await injector.prepare(task(at, leave));
            try {
              const before = await looks(prepared);
              expect(prepared.bites(before, before)).toMatchObject({ holds: false });
              await prepared.inject();
              expect(freeOn(at)).toBeLessThanOrEqual(leave);
              expect(freeOn(at)).toBeGreaterThan(leave - block);
              const more = () => writeFileSync(join(at, 'more'), Buffer.alloc(leave + 2 * block));
              // Root may go on where something is kept for it; when nothing is to be left, that is gone too.
              if (kind !== 'ext4' || leave === 0) expect(more).toThrow('ENOSPC');
              rmSync(join(at, 'more'), { force: true });
              expect(await found((seen) => prepared.bites(before, seen), prepared)).toMatchObject({ holds: true });
              expect(prepared.gone(before, await looks(prepared))).toMatchObject({ holds: false });
              await undo(prepared.undo);
              // What a file system keeps for itself once it has been full is little.
              expect(freeOn(at)).toBeGreaterThan(free - 64 * 1024);
              expect(await found((seen) => prepared.gone(before, seen), prepared)).toMatchObject({ holds: true });
              more();
              await undo(prepared.undo);
            } finally {
              await prepared.close();
            }
          },
        );

        test('and what others free meanwhile is taken too', async () => {
          writeFileSync(join(at, 'log'), Buffer.alloc(5 * MIB));
          const prepared = await injector.prepare(task(at, 0));
          try {
            await prepared.inject();
            rmSync(join(at, 'log'));
            await sleep(50);
            await eventually(() => freeOn(at) === 0);
            expect(prepared.bites([], await looks(prepared))).toMatchObject({ holds: true });
          } finally {
            await prepared.close();
          }
          expect(freeOn(at)).toBeGreaterThan(5 * MIB);
        });

        test.each(['holder', 'owner'] as const)('and emptied by the kernel when its %s is killed', async (victim) => {
          const free = freeOn(at);
          const owner = await ownerOf('volume', 'volumeInjector', task(at, 0));
          expect(freeOn(at)).toBe(0);
          const [holder] = owner.undo.kind === 'all' ? owner.undo.parts : [];
          if (holder?.kind !== 'holder') throw new Error('nobody holds it');
          if (victim === 'holder') process.kill(holder.process.pid, 'SIGKILL');
          else await owner.kill();
          await eventually(() => freeOn(at) > free - 64 * 1024);
          expect(readdirSync(at).filter((name) => name.startsWith('.st_'))).toEqual([]);
          await owner.kill();
          await undo(owner.undo);
        });
      },
    );
  }

  test('is not the root file system, nor one stormtest writes to, unless it is said so', async () => {
    await expect(injector.prepare(task('/', 1_000))).rejects.toThrow('is on the root file system');
    const own = join(folder(), 'results', 'today');
    const shm = volumeInjector({ own: [own] });
    await expect(shm.prepare(task(folder(), 1_000))).rejects.toThrow(/is on the root file system|writes to itself/);
    const prepared = await injector.prepare(task(folder(), 1_000, true));
    await prepared.close();
  });

  test('is not the one stormtest writes to, though its folder is not there yet', async (context) => {
    needed(canMount(KINDS.tmpfs), 'the right to mount', context);
    const at = join(folder(), 'volume');
    mkdirSync(at);
    KINDS.tmpfs?.(at);
    try {
      const own = join(at, 'results', 'today');
      await expect(volumeInjector({ own: [own] }).prepare(task(at, 0))).rejects.toThrow(`writes to itself (${own})`);
    } finally {
      unmounted(at);
    }
  });

  test('is refused where there is no folder, or less room than is to be left', async () => {
    await expect(injector.prepare(task('/nonexistent', 0))).rejects.toThrow('/nonexistent is no folder');
    await expect(injector.prepare(task(folder(), Number.MAX_SAFE_INTEGER, true))).rejects.toThrow('bytes free, and');
  });
});

/** What everybody may still take there. */
function freeOn(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

function canMount(make: ((at: string) => void) | undefined): boolean {
  if (!make || process.getuid?.() !== 0) return false;
  const at = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim();
  try {
    make(at);
    return true;
  } catch {
    return false;
  } finally {
    unmounted(at);
    rmSync(at, { recursive: true, force: true });
    rmSync(`${at}.image`, { force: true });
  }
}

/** An overlay lies over what it is made of. */
function unmounted(at: string): void {
  for (let n = 0; n < 2; n += 1) {
    try {
      run('umount', at);
    } catch {
      return;
    }
  }
}

function run(program: string, ...options: readonly string[]): void {
  execFileSync(program, options, { stdio: 'ignore' });
}
