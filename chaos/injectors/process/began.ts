import { readFileSync } from 'node:fs';
import type { ProcessIdentity } from '../../undo.ts';

/** Linux counts a process' start in hundredths of a second since boot (USER_HZ). */
const TICK = 10;

/** When a process began, in milliseconds since 1970; undefined when that cannot be told. */
export function beganAt({ started }: ProcessIdentity): number | undefined {
  if (process.platform !== 'linux') return known(Date.parse(`${started} UTC`));
  const [, boot] = /^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8')) ?? [];
  return boot === undefined ? undefined : known(Number(boot) * 1_000 + Number(started) * TICK);
}

function known(time: number): number | undefined {
  return Number.isNaN(time) ? undefined : time;
}
