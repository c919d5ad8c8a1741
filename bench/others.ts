import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Cores of this machine that are busy while nothing is measured, over a second: what others take away from it. */
export async function coresOfOthers(signal: AbortSignal): Promise<number> {
  const before = busySeconds();
  const began = performance.now();
  await sleep(1_000, undefined, { signal });
  return (busySeconds() - before) / ((performance.now() - began) / 1_000);
}

/** Linux counts the times of /proc in hundredths of a second for all its programs (proc(5)). */
const TICKS = 100;

function busySeconds(): number {
  return busyTicks(readFileSync('/proc/stat', 'utf8')) / TICKS;
}

/** All times of all cores but those of idling and of waiting for disks; guests are in user and nice already. */
export function busyTicks(stat: string): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = (/^cpu +(.*)$/m.exec(stat)?.[1] ?? '')
    .split(' ')
    .map(Number);
  return user + nice + system + irq + softirq + steal;
}
