import { readdirSync, readFileSync } from 'node:fs';

/** Every process that a process has started, and those that they have, and so on; as Linux tells under /proc. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map(processes().map((one) => [one, parentOf(one)] as const));
  const found: number[] = [];
  for (let next = [pid]; next.length > 0; ) {
    next = [...parents].filter(([, parent]) => parent !== undefined && next.includes(parent)).map(([child]) => child);
    found.push(...next);
  }
  return found;
}

/** Shared memory of System V and of POSIX, by key and name. */
export function sharedMemory(): string[] {
  const [, ...segments] = readFileSync('/proc/sysvipc/shm', 'utf8').trimEnd().split('\n');
  return [...segments.map((line) => line.trim().split(/\s+/).slice(0, 2).join(' ')), ...readdirSync('/dev/shm')];
}

function processes(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** The second field after the name in brackets of a process' stat line (proc(5)). */
function parentOf(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
  } catch {
    return undefined;
  }
}
