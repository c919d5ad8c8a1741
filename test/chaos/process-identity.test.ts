import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isAlive, processIdentity, signalTo } from '../../chaos/process-identity.ts';
import { processStat, statByPs } from '../../chaos/process-stat.ts';
import type { ProcessIdentity } from '../../chaos/undo.ts';
import { processes, stateOf } from '../support/busy-process.ts';
import { undo } from '../support/injection.ts';
import { needed } from '../support/needed.ts';
import { eventually } from '../support/reference.ts';

const LAST_PID = '/proc/sys/kernel/ns_last_pid';

const mayChoosePids = (() => {
  try {
    writeFileSync(LAST_PID, String(process.pid));
    return true;
  } catch {
    return false;
  }
})();

describe('who has a process id', () => {
  const start = processes();
  const reused: ChildProcess[] = [];
  afterEach(async () => {
    for (const child of reused.splice(0)) {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    }
  });

  test('is told by ps as it is by /proc', async () => {
    const { pid } = await start(['sleep', '60']);
    // It runs for a moment before it sleeps.
    await vi.waitFor(() => expect(processStat(pid)?.state).toBe('S'), { timeout: 5_000 });
    const [proc, ps] = [processStat(pid), statByPs(pid)];
    expect(ps?.state).toBe(proc?.state);
    expect(Math.abs(Date.parse(`${ps?.started} UTC`) - Date.now())).toBeLessThan(10_000);
    expect(statByPs(4_194_303)).toBeUndefined();
  });

  test('is nobody when it has ended and is not waited for', async () => {
    const { pid } = await start(['sh', '-c', 'sleep 0 & echo $!; exec sleep 60']);
    await eventually(() => zombiesOf(pid).length === 1);
    const [zombie = 0] = zombiesOf(pid);
    expect(processIdentity(zombie)).toBeUndefined();
  });

  test('is not touched when it is another one by now', async (context) => {
    needed(mayChoosePids, 'the right to choose process ids', context);
    const known = await reusedIdentity();
    expect(isAlive(known)).toBe(false);
    process.kill(known.pid, 'SIGSTOP');
    await eventually(() => stateOf(known.pid) === 'T');
    expect(signalTo(known, 'SIGCONT')).toBe(false);
    await undo({ kind: 'continue', process: known });
    await undo({ kind: 'holder', process: known, held: 'nothing' });
    expect(stateOf(known.pid)).toBe('T');
  });

  /** Somebody who has ended, and whose id the next process has got. */
  async function reusedIdentity(): Promise<ProcessIdentity> {
    for (let tries = 0; tries < 50; tries += 1) {
      const first = await start(['sleep', '60']);
      const known = processIdentity(first.pid);
      if (!known) throw new Error('it has ended at once');
      const exit = once(first, 'exit');
      first.kill('SIGKILL');
      await exit;
      // Whoever starts in the same hundredth of a second cannot be told from the one before.
      await sleep(50);
      writeFileSync(LAST_PID, String(known.pid - 1));
      const next = spawn('sleep', ['60'], { stdio: 'ignore' });
      reused.push(next);
      await once(next, 'spawn');
      if (next.pid === known.pid) return known;
    }
    throw new Error('the id was never given to another process');
  }
});

function zombiesOf(parent: number): readonly number[] {
  return childrenOf(parent).filter((pid) => stateOf(pid) === 'Z');
}

function childrenOf(parent: number): readonly number[] {
  return readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}
