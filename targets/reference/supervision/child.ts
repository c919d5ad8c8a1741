import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { settlesWithin } from '../../../core/within.ts';
import { unready } from '../unready.ts';
import type { Owner } from './owner.ts';
import { Tail } from './tail.ts';

/** A process of the reference target, seen by whoever started it. */
export interface Child {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly tail: Tail;
  /** What may help when it does not start. */
  readonly mend: string | undefined;
  /** Resolves when it has ended, with how: `ended with exit code 1`, `was ended by SIGKILL`. */
  readonly ended: Promise<string>;
}

export interface ChildOptions {
  readonly name: string;
  readonly command: readonly string[];
  /** What it may have of memory that is its own (RLIMIT_DATA, which Linux alone enforces); no limit unless told. */
  readonly dataMegabytes?: number;
  /** How it hears of the end of this process: by the end of its standard input, or of an IPC channel. */
  readonly leash: 'stdin' | 'ipc';
  readonly owner?: Owner | undefined;
  readonly mend?: string;
  readonly log: (line: string) => void;
}

/**
 * Nicer by 10, so that a generator on the same machine keeps its clock. That has to be done before the program begins: on
 * Linux a thread keeps the nice value it was made with. Where the kernel gives each session a share of its own
 * (autogroup), only the nice value of the session counts between sessions. Whoever ends out of memory leaves no core.
 */
const NICER = '{ echo 10 >/proc/self/autogroup; } 2>/dev/null; ulimit -c 0; exec nice -n 10 "$@"';

/** In units of 1,024 bytes; a shell that knows no such limit, and a system that refuses it, go on without. */
const limited = (megabytes: number | undefined) =>
  megabytes === undefined ? '' : `{ ulimit -d ${Math.round(megabytes * 1_024)}; } 2>/dev/null; `;

/** How long a child may take for one step of its start, in milliseconds. */
const PATIENCE = 120_000;

/** How long to wait for the last lines of a process that has ended: another may still hold its output. */
const LAST_LINES = 200;

/**
 * Starts a process in a session of its own, which Ctrl-C in a terminal does not reach, with none of this process'
 * environment, which may hold secrets and settings meant for other programs. Rejects when it cannot be started at all.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { name, command, dataMegabytes, leash, owner, mend, log } = options;
  const child = spawn('sh', ['-c', limited(dataMegabytes) + NICER, 'sh', ...command], {
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    cwd: '/',
    detached: true,
    stdio: leash === 'ipc' ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['pipe', 'pipe', 'pipe'],
    serialization: 'advanced',
    ...owner,
  });
  const tail = new Tail([child.stdout, child.stderr], (line) => log(`${name}: ${line}`));
  const ended = once(child, 'exit').then(async ([code, signal]) => {
    child.stdin?.destroy();
    await settlesWithin(LAST_LINES, once(child, 'close'));
    return ending(code, signal);
  });
  // A child that could not be started has no end either.
  ended.catch(() => undefined);
  // Writing to a child that has ended is no news: its end is.
  child.stdin?.on('error', () => undefined);
  child.on('error', () => undefined);
  const { pid } = child;
  if (pid === undefined) {
    const [error] = (await once(child, 'error')) as [Error];
    throw unready(`${name} could not be started: ${error.message}`);
  }
  return { process: child, pid, tail, mend, ended };
}

/** Waits for a step of a child's start; rejects when the child ends or takes too long, or the signal aborts. */
export async function step<T>(child: Child, name: string, wanted: Promise<T>, signal: AbortSignal): Promise<T> {
  const over = new AbortController();
  const waiting = AbortSignal.any([signal, over.signal]);
  const ended = child.ended.then((how) => {
    throw unready(`${name} ${how} while it was starting:\n${child.tail.last()}`, child.mend);
  });
  const late = sleep(PATIENCE, undefined, { signal: waiting }).then(() => {
    throw unready(`${name} did not start within ${PATIENCE / 1_000} s:\n${child.tail.last()}`, child.mend);
  });
  try {
    return await Promise.race([wanted, ended, late]);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    late.catch(() => undefined);
    ended.catch(() => undefined);
    over.abort();
  }
}

/** Whether a child has ended within so many milliseconds. */
export function hasEnded({ ended }: Child, within: number): Promise<boolean> {
  return settlesWithin(within, ended);
}

/** A shell tells the signal that ended a process it waited for as 128 and the signal's number. */
function ending(code: number | null, signal: NodeJS.Signals | null): string {
  const told = Object.entries(constants.signals).find(([, number]) => number + 128 === code)?.[0];
  const name = signal ?? told;
  return name ? `was ended by ${name}` : `ended with exit code ${code}`;
}
