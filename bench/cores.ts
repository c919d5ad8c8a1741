import { readFileSync } from 'node:fs';
import { pathOf } from './program.ts';

/** Which side of the wire a process stands on; each side has a core to itself where there are two. */
export type Side = 'server' | 'client';

/** The core of each side. */
export interface Cores {
  readonly server: number;
  readonly client: number;
}

/** Picks two of the cores this process may use; undefined without taskset, which is what puts processes on them. */
export function pickCores(): Cores | undefined {
  if (!pathOf('taskset')) return undefined;
  const status = readFileSync('/proc/self/status', 'utf8');
  const [first, second] = coresIn(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '');
  return first === undefined ? undefined : { server: first, client: second ?? first };
}

/** The numbers of a list such as `0-3,8`. */
export function coresIn(list: string): number[] {
  return list.split(',').flatMap((range) => {
    const [from, to = from] = range.split('-').map(Number);
    if (from === undefined || to === undefined || !Number.isInteger(from) || !Number.isInteger(to)) return [];
    return range === '' ? [] : Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

/** The command that runs another one on a core. */
export function onCore(cores: Cores | undefined, side: Side, command: readonly string[]): string[] {
  return cores ? ['taskset', '-c', String(cores[side]), ...command] : [...command];
}
