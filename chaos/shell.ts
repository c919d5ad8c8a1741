import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settlesWithin } from '../core/within.ts';

export interface ShellOptions {
  /** Milliseconds after which it is killed, with all that it started and that has not left its group. */
  readonly limit: number;
  /** Where it runs; where this process does when left out. */
  readonly folder?: string;
  /** In addition to that of this process. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** How a command ended. */
export interface Ended {
  /** Its exit code; undefined when it was ended by a signal, or did not end in time. */
  readonly code: number | undefined;
  /** In words, with the last lines it said: `exited with 1: no such service`. */
  readonly says: string;
}

/** How long a command may take that puts something in place or out of it, and one that only looks; milliseconds. */
export const COMMAND_LIMIT = 30_000;
const PROOF_LIMIT = 5_000;

const KEPT = 4_096;
const SHOWN = 5;

/**
 * Runs a command by `sh -c` in a process group and session of its own, so that Ctrl-C does not reach it. What it says goes
 * to a file without a name and not to a pipe: a service it starts and leaves behind keeps writing there, and is not ended
 * by the end of this process.
 */
export async function ran(command: string, { limit, folder, environment = {} }: ShellOptions): Promise<Ended> {
  const output = namelessFile();
  try {
    const child = spawn('sh', ['-c', command], {
      detached: true,
      cwd: folder,
      stdio: ['ignore', output, output],
      env: { ...process.env, ...environment },
    });
    const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    const inTime = await settlesWithin(limit, ended);
    if (!inTime && child.pid !== undefined) killGroup(child.pid);
    const [code, signal] = await ended;
    const how = !inTime
      ? `did not end within ${limit / 1_000} s`
      : signal
        ? `was ended by ${signal}`
        : `exited with ${code}`;
    const said = lastLines(output);
    return { code: inTime ? (code ?? undefined) : undefined, says: said === '' ? how : `${how}: ${said}` };
  } finally {
    closeSync(output);
  }
}

/** Whether a command that looks finds the fault in place: it exits with 0 then. Undefined when it could not look. */
export async function finds(
  command: string,
  surroundings: Omit<ShellOptions, 'limit'>,
): Promise<{ readonly inPlace: boolean | undefined; readonly says: string }> {
  const { code, says } = await ran(command, { ...surroundings, limit: PROOF_LIMIT });
  const couldLook = code !== undefined && !COULD_NOT_RUN.includes(code);
  return { inPlace: couldLook ? code === 0 : undefined, says };
}

/** The shell's own codes for a command that is not there, or may not be run. */
const COULD_NOT_RUN: readonly number[] = [126, 127];

function namelessFile(): number {
  const folder = mkdtempSync(join(tmpdir(), 'stormtest-'));
  try {
    return openSync(join(folder, 'output'), 'wx+', 0o600);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function lastLines(file: number): string {
  const { size } = fstatSync(file);
  const bytes = Buffer.alloc(Math.min(size, KEPT));
  readSync(file, bytes, 0, bytes.length, size - bytes.length);
  return bytes.toString().trim().split('\n').slice(-SHOWN).join('\n');
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}
