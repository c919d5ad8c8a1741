import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A program that was run to its end, and what it cost. */
export interface Ended {
  readonly stdout: string;
  /** CPU seconds of the process and all children it waited for, start-up included, as the kernel accounts them. */
  readonly cpu: number;
}

/** A program under way whose CPU time is accounted. */
export interface Accounted {
  /** CPU seconds used so far, to the hundredth; undefined when the kernel does not tell which process it is. */
  cpuSoFar(): number | undefined;
  /** Rejects when the program fails, overruns its limit, or the benchmark is stopped. */
  readonly ended: Promise<Ended>;
}

export interface AccountOptions {
  /** Milliseconds after which the program is killed. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** bash asks the kernel (wait4) and writes it last, to the thousandth of a second. */
const SCRIPT = 'TIMEFORMAT="@cpu %3U %3S"; time "$@"';
const LARGEST_OUTPUT = 16 * 1024 * 1024;

/** Starts a program in a process group of its own, which is killed when it overruns or the benchmark stops. */
export function accounted(command: readonly string[], { limit, signal }: AccountOptions): Accounted {
  signal.throwIfAborted();
  const shell = spawn('bash', ['-c', SCRIPT, 'bash', ...command], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // The format of bash's times has the decimal point of the locale.
    env: { ...process.env, LC_ALL: 'C' },
  });
  const [stdout, stderr] = [textOf(shell.stdout), textOf(shell.stderr)];
  const ended = new Promise<Ended>((resolve, reject) => {
    const kill = (why: unknown) => {
      reject(why);
      if (shell.pid !== undefined && shell.exitCode === null) killGroup(shell.pid);
    };
    const stopped = () => kill(signal.reason);
    const timer = setTimeout(() => kill(new Error(`${nameOf(command)} took more than ${limit} ms`)), limit);
    signal.addEventListener('abort', stopped, { once: true });
    shell.once('error', kill);
    shell.once('close', (code) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stopped);
      const cpu = cpuIn(stderr());
      if (code === 0 && cpu !== undefined) resolve({ stdout: stdout(), cpu });
      else reject(new Error(`${nameOf(command)} ended with code ${code}: ${stderr().trim().slice(-2_000)}`));
    });
  });
  ended.catch(() => {});
  return { ended, cpuSoFar: () => cpuOf(childOf(shell.pid)) };
}

/** The sum of user and system time in what bash wrote. */
export function cpuIn(text: string): number | undefined {
  const [, user, system] = /^@cpu ([\d.]+) ([\d.]+)$/m.exec(text) ?? [];
  return user === undefined || system === undefined ? undefined : Number(user) + Number(system);
}

function nameOf(command: readonly string[]): string {
  return (
    command
      .filter((word) => word.includes('/'))
      .slice(0, 2)
      .join(' ') || command.join(' ')
  );
}

function textOf(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= LARGEST_OUTPUT) chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
  }
}

/** The one process a shell runs. */
function childOf(shell: number | undefined): number | undefined {
  try {
    return Number(readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim().split(' ')[0]) || undefined;
  } catch {
    return undefined;
  }
}

/** Linux counts the times of /proc in hundredths of a second for all its programs, whatever its own clock (proc(5)). */
const TICKS = 100;

/** CPU seconds that a process has used so far, to the hundredth; undefined when it is not there. */
export function cpuOf(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields 14 and 15; the second is a name in brackets that may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return undefined;
  }
}
