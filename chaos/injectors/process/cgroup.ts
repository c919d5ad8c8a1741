import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { CannotInject } from '../../injector.ts';
import type { ProcessIdentity } from '../../undo.ts';

/** The quota of a cgroup: how much of the processor all its processes may use. */
export interface Quota {
  /** The file it is written in. */
  readonly file: string;
  /** What is written there now. */
  readonly content: string;
  /** What is to be written for a share of one core. */
  for(share: number): string;
  /** In how many periods of its quota somebody of it had to wait so far. */
  throttled(): number;
}

/** The kernel's own bounds, in microseconds (Documentation/scheduler/sched-bwc.rst). */
const LEAST_QUOTA = 1_000;
const LONGEST_PERIOD = 1_000_000;

/**
 * Finds the quota of the cgroup a process is in: `cpu.max` of version 2, `cpu.cfs_quota_us` of version 1. Throws
 * CannotInject when it is not there, not writable, or when the process is in another one.
 */
export function quotaOf(cgroup: string, { pid }: ProcessIdentity): Quota {
  const folder = resolve(cgroup);
  const second = join(folder, 'cpu.max');
  const first = join(folder, 'cpu.cfs_quota_us');
  const file = [second, first].find((path) => existsSync(path));
  if (!file) throw new CannotInject(`${folder} has no cpu.max: it is no cgroup whose processor time can be set`);
  try {
    accessSync(file, constants.W_OK);
  } catch {
    throw new CannotInject(`${file} may not be written`);
  }
  if (!processesIn(folder).includes(pid)) throw new CannotInject(`process ${pid} is not in the cgroup ${folder}`);
  const content = readFileSync(file, 'utf8').trim();
  const throttled = () => throttledIn(join(folder, 'cpu.stat'));
  if (basename(file) === 'cpu.max') {
    const period = Number(content.split(' ')[1]);
    return { file, content, throttled, for: (share) => quota(share, period).join(' ') };
  }
  const period = Number(readFileSync(join(folder, 'cpu.cfs_period_us'), 'utf8'));
  return { file, content, throttled, for: (share) => String(quotaIn(file, share, period)) };
}

/** A quota and its period, in microseconds; a share that is small takes a long period. */
function quota(share: number, period: number): readonly [number, number] {
  const wide = share * period >= LEAST_QUOTA ? period : LONGEST_PERIOD;
  return [Math.max(LEAST_QUOTA, Math.round(share * wide)), wide];
}

/** Version 1 has its period in another file, which is left as it is. */
function quotaIn(file: string, share: number, period: number): number {
  const microseconds = Math.round(share * period);
  if (microseconds >= LEAST_QUOTA) return microseconds;
  throw new CannotInject(`${file}: a share of ${share} is less than ${LEAST_QUOTA} of ${period} microseconds`);
}

function processesIn(folder: string): readonly number[] {
  return readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number);
}

function throttledIn(file: string): number {
  try {
    return Number(/^nr_throttled (\d+)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
