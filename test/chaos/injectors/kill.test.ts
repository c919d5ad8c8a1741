import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { Task } from '../../../chaos/injector.ts';
import { processInjector } from '../../../chaos/injectors/process.ts';
import { end, goesOn, processes, stateOf } from '../../support/busy-process.ts';
import { found, looks, undo } from '../../support/injection.ts';
import { ownerOf } from '../../support/owner-process.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

describe('a process that is killed', () => {
  const start = processes();
  const folder = temporaryFolders();
  const files: string[] = [];
  afterEach(() => {
    for (const file of files.splice(0)) end(Number(readFileSync(file, 'utf8')));
  });

  /** A service with a pid file, and the command that starts it. */
  const service = async (delay = 0) => {
    const file = join(folder(), 'pid');
    files.push(file);
    const { pid } = await start(['sleep', '60']);
    writeFileSync(file, `${pid}\n`);
    const wait = delay > 0 ? `sleep ${delay}; ` : '';
    return { file, pid, restart: `(${wait}sleep 59 & echo $! > ${file}.new; mv ${file}.new ${file})` };
  };
  const task = (pid: number | { file: string }, restart?: string): Task<'process'> => ({
    name: 'st_test_0',
    does: { kind: 'kill' },
    means: { by: 'process', pid, ...(restart !== undefined && { restart }) },
    lasting: 1_000,
  });

  test('is gone, and another one is behind its file when it was started again', async () => {
    const { file, pid, restart } = await service();
    const prepared = await processInjector.prepare(task({ file }, restart));
    const before = await looks(prepared);
    expect(prepared.bites(before, before)).toMatchObject({ holds: false });
    const undoing = prepared.undo;
    await prepared.inject();
    const bite = await found((seen) => prepared.bites(before, seen), prepared);
    expect(bite).toEqual({ holds: true, says: `process ${pid} is gone` });
    expect(['Z', 'gone']).toContain(stateOf(pid));
    expect(prepared.gone(before, await looks(prepared))).toMatchObject({ holds: false });
    await undo(undoing);
    const next = Number(readFileSync(file, 'utf8'));
    expect(next).not.toBe(pid);
    expect(goesOn(next)).toBe(true);
    const gone = prepared.gone(before, await looks(prepared));
    expect(gone).toEqual({ holds: true, says: `process ${next} is there instead of process ${pid}` });
    // Again, and it is the same one: nothing is started twice.
    await undo(undoing);
    expect(Number(readFileSync(file, 'utf8'))).toBe(next);
  });

  test('is waited for when somebody else starts it again', async () => {
    const { file, pid, restart } = await service(1);
    const prepared = await processInjector.prepare(task({ file }));
    const undoing = prepared.undo;
    await prepared.inject();
    const supervisor = await start(['sh', '-c', restart]);
    await undo(undoing);
    expect(prepared.gone([], await looks(prepared))).toMatchObject({ holds: true });
    expect(supervisor.pid).not.toBe(pid);
  });

  test('is missed when nobody does', { timeout: 60_000 }, async () => {
    const { file, pid } = await service();
    const prepared = await processInjector.prepare(task({ file }, 'echo the license has expired; exit 3'));
    const undoing = prepared.undo;
    await prepared.inject();
    await expect(undo(undoing)).rejects.toThrow(
      `process ${pid} is gone and ${file} names no other one that lives: \`echo the license has expired; exit 3\` exited with 3: the license has expired`,
    );
  });

  test('was never killed: nothing is started', async () => {
    const { file, pid, restart } = await service();
    const prepared = await processInjector.prepare(task({ file }, restart));
    await undo(prepared.undo);
    expect(Number(readFileSync(file, 'utf8'))).toBe(pid);
    expect(goesOn(pid)).toBe(true);
  });

  test('is started again by whoever reads what was written down, when its killer was killed', async () => {
    const { file, pid, restart } = await service();
    const owner = await ownerOf('process', 'processInjector', task({ file }, restart));
    await owner.kill();
    await sleep(100);
    expect(['Z', 'gone']).toContain(stateOf(pid));
    await undo(owner.undo);
    expect(goesOn(Number(readFileSync(file, 'utf8')))).toBe(true);
  });

  test('needs a file: nothing else tells that it is back', async () => {
    const { pid } = await start(['sleep', '60']);
    await expect(processInjector.prepare(task(pid))).rejects.toThrow('a kill needs the file');
  });
});
