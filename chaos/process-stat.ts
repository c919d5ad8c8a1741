import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What the operating system says of a process. */
export interface ProcessStat {
  /** When it started, as in ProcessIdentity. */
  readonly started: string;
  /** One letter: `R` and `S` go on, `T` is stopped, `Z` has ended and is not waited for yet. */
  readonly state: string;
  /** CPU time of all its threads so far, in milliseconds; unknown where there is no /proc. */
  readonly cpuMs: number | undefined;
}

/** Linux counts CPU time for programs in hundredths of a second whatever its own clock is (USER_HZ). */
const TICK = 10;

/** Looks at whoever has a process id now; undefined when nobody has. */
export function processStat(pid: number): ProcessStat | undefined {
  return process.platform === 'linux' ? statByProc(pid) : statByPs(pid);
}

function statByProc(pid: number): ProcessStat | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The second field is a name in brackets that may hold anything; state is field 3, CPU times 14 and 15, start time 22 (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, user, system, started] = [fields[0], Number(fields[11]), Number(fields[12]), fields[19]];
  return state === undefined || started === undefined ? undefined : { started, state, cpuMs: (user + system) * TICK };
}

/** The same from `ps`, for systems without /proc. */
export function statByPs(pid: number): ProcessStat | undefined {
  try {
    // Whoever asks later, in whatever language and time zone, has to get the same answer.
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    const asked = ['-o', 'state=', '-o', 'lstart=', '-p', String(pid)];
    const answer = execFileSync('ps', asked, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] });
    const [, state, started] = /^\s*(\S)\S*\s+(\S.*?)\s*$/.exec(answer) ?? [];
    return state === undefined || started === undefined ? undefined : { started, state, cpuMs: undefined };
  } catch {
    return undefined;
  }
}
