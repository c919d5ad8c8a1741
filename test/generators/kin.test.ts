import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { cpuOfKin } from '../../generators/kin.ts';

/** Half a minute of work, at most; what has to be measured of it takes a second. */
const BUSY = 'const end = Date.now() + 30_000; while (Date.now() < end);';
const MOMENT = 1_000;

describe.runIf(process.platform === 'linux')('the CPU time of a process and all it has started', () => {
  const started: (ChildProcess | number)[] = [];
  afterEach(() => {
    for (const each of started.splice(0))
      if (typeof each === 'number') process.kill(each, 'SIGKILL');
      else each.kill('SIGKILL');
  });

  const busyChild = async () => {
    const child = spawn(process.execPath, ['-e', BUSY], { stdio: 'ignore' });
    started.push(child);
    await once(child, 'spawn');
    return child;
  };

  /** What a process and its kin use within a moment, in seconds. */
  const usedBy = async (pid: number) => {
    const before = cpuOfKin(pid) ?? Number.NaN;
    await sleep(MOMENT);
    return (cpuOfKin(pid) ?? Number.NaN) - before;
  };

  test('has that of its children in it, and keeps it when they have ended', async () => {
    const child = await busyChild();
    expect(await usedBy(process.pid)).toBeGreaterThan(0.2);
    const before = cpuOfKin(process.pid) ?? Number.NaN;
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(cpuOfKin(process.pid)).toBeGreaterThanOrEqual(before);
  });

  test('has nothing in it of whoever started it, of those beside it, and of those nobody belongs to any more', async () => {
    const idle = spawn('sleep', ['60'], { stdio: 'ignore' });
    started.push(idle);
    await busyChild();
    const orphan = execFileSync('sh', ['-c', `"${process.execPath}" -e '${BUSY}' >/dev/null 2>&1 & echo $!`]);
    started.push(Number(String(orphan)));
    expect(await usedBy(idle.pid ?? 0)).toBeLessThan(0.02);
    expect(cpuOfKin(Number(String(orphan)))).toBeGreaterThan(0.05);
  });

  test('is not known of a process that is not there', () => {
    expect(cpuOfKin(2 ** 30)).toBeUndefined();
  });
});
