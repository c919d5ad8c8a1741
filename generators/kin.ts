import { readdirSync, readFileSync } from 'node:fs';

/**
 * CPU time that a process, everything it has started that still belongs to it, and what they have waited for have used so
 * far, in seconds. Undefined where there is no /proc, or where it cannot be read.
 */
export function cpuOfKin(root: number): number | undefined {
  const all = everyProcess();
  if (!all?.has(root)) return undefined;
  const isKin = (pid: number): boolean => pid === root || (pid > 0 && isKin(all.get(pid)?.parent ?? 0));
  return [...all].reduce((sum, [pid, { ticks }]) => (isKin(pid) ? sum + ticks : sum), 0) / TICKS;
}

/** Linux counts the times of /proc in hundredths of a second for all its programs (proc(5)). */
const TICKS = 100;

interface Process {
  readonly parent: number;
  /** Its own, and of the children it has waited for. */
  readonly ticks: number;
}

function everyProcess(): Map<number, Process> | undefined {
  try {
    const ids = readdirSync('/proc').map(Number).filter(Number.isInteger);
    return new Map(ids.flatMap((pid) => processOf(pid)));
  } catch {
    return undefined;
  }
}

function processOf(pid: number): [number, Process][] {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (thrown) {
    // It has ended meanwhile. Who may open no file at all has not seen the others either.
    if (['ENOENT', 'ESRCH'].includes(String((thrown as NodeJS.ErrnoException).code))) return [];
    throw thrown;
  }
  // The name in brackets may hold anything; behind it come the state, the parent, and as fields 14 to 17 the times (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return [[pid, { parent: Number(fields[1]), ticks }]];
}
