import { readFileSync, statSync } from 'node:fs';
import type { ProcessMeans } from '../../../core/means.ts';
import { CannotInject } from '../../injector.ts';
import { processIdentity } from '../../process-identity.ts';
import type { ProcessIdentity } from '../../undo.ts';
import { beganAt } from './began.ts';

/** A file is written after the process it names began, but clocks are set and rounded; milliseconds. */
const CLOCKS = 10_000;

/** The process a configuration names; throws CannotInject when there is none, or none that may be touched. */
export function namedProcess(pid: ProcessMeans['pid']): ProcessIdentity {
  const id = typeof pid === 'number' ? pid : pidIn(pid.file);
  // 0 and -1 are many processes to kill(2), and 1 is the one that starts all others.
  if (!Number.isSafeInteger(id) || id <= 1) throw new CannotInject(`${id} is the id of no process that may be touched`);
  if (id === process.pid || id === process.ppid) {
    throw new CannotInject(`process ${id} is stormtest itself, or what started it`);
  }
  const identity = processIdentity(id);
  if (!identity) throw new CannotInject(`there is no process ${id}${typeof pid === 'number' ? '' : ` (${pid.file})`}`);
  if (typeof pid !== 'number' && isReused(identity, pid.file)) {
    throw new CannotInject(`process ${id} began after ${pid.file} was written, so it is another one`);
  }
  if (!mayBeSignalled(id)) throw new CannotInject(`process ${id} belongs to another user`);
  return identity;
}

/** Who is behind a pid file now; undefined when nobody is. */
export function processBehind(file: string): ProcessIdentity | undefined {
  try {
    const id = pidIn(file);
    const identity = id > 1 ? processIdentity(id) : undefined;
    return identity && !isReused(identity, file) ? identity : undefined;
  } catch {
    return undefined;
  }
}

/** The first line of a pid file; some have more (PostgreSQL's). */
function pidIn(file: string): number {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CannotInject(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
  const [, digits] = /^\s*(\d+)\s*(?:\n|$)/.exec(text) ?? [];
  if (digits === undefined) throw new CannotInject(`${file} does not begin with the id of a process`);
  return Number(digits);
}

function isReused(identity: ProcessIdentity, file: string): boolean {
  const began = beganAt(identity);
  return began !== undefined && began > statSync(file).mtimeMs + CLOCKS;
}

function mayBeSignalled(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EPERM';
  }
}
