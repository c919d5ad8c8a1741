import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type afterAll, afterEach } from 'vitest';

/**
 * Processes a test starts to have something done to them; each is killed by its own id when the test is over, or after all
 * of them: tests at once.
 */
export function processes(
  after: typeof afterEach | typeof afterAll = afterEach,
): (command: readonly string[]) => Promise<ChildProcess & { readonly pid: number }> {
  const started: ChildProcess[] = [];
  after(async () => {
    for (const child of started.splice(0)) await ended(child);
  });
  return async ([program = '', ...options]) => {
    const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'inherit'] });
    started.push(child);
    await once(child, 'spawn');
    const { pid } = child;
    if (pid === undefined) throw new Error(`${program} was not started`);
    return Object.assign(child, { pid });
  };
}

/** Keeps as many threads of one process busy; it ends by itself after a minute. */
export function busy(threads = 1): readonly string[] {
  const work = 'const end = Date.now() + 60000; while (Date.now() < end);';
  const more = `for (let n = 1; n < ${threads}; n += 1) new (require('node:worker_threads').Worker)(${JSON.stringify(work)}, { eval: true });`;
  return [process.execPath, '-e', `${more} setTimeout(() => { ${work} }, 300)`];
}

/** Works for about half of the time; it ends by itself after a minute. */
export function halfBusy(): readonly string[] {
  const turn = 'const end = performance.now() + 20; while (performance.now() < end);';
  return [process.execPath, '-e', `setInterval(() => { ${turn} }, 40); setTimeout(() => process.exit(), 60000)`];
}

/** The share of one core all threads of a process get together, as the scheduler counts it in nanoseconds. */
export async function shareOf(pid: number, ms: number): Promise<number> {
  const [began, before] = [performance.now(), nanoseconds(pid)];
  await sleep(ms);
  return (nanoseconds(pid) - before) / 1e6 / (performance.now() - began);
}

function nanoseconds(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const times = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return times.reduce((sum, time) => sum + time, 0);
}

/** The letter ps(1) shows for a process; `gone` when there is none. */
export function stateOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  } catch {
    return 'gone';
  }
}

/** Whether it is there and goes on: it waits for something, or runs at this moment. */
export const goesOn = (pid: number) => ['R', 'S', 'D'].includes(stateOf(pid));

/** Kills a process by its id; one that is gone is as it should be. */
export function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
