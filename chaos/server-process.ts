import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { settlesWithin } from '../core/within.ts';

/** A server of stormtest's own in a child process; it ends with this one, however this one ends. */
export interface ServerProcess {
  /** Where its API is, without a slash at the end. */
  readonly url: string;
  readonly pid: number;
  /** Resolves when its process has ended, with how: `exit code 1`, `SIGKILL`. All that it did is gone then. */
  readonly ended: Promise<string>;
  /** Ends it; the same end however often it is called. */
  stop(): Promise<void>;
}

/** What the process answers to its order. */
export type ServerReport =
  | { readonly kind: 'ready'; readonly url: string }
  | { readonly kind: 'failed'; readonly what: string };

/** How long its start may take, in milliseconds. */
const PATIENCE = 30_000;

/** It ends at once when it is told to; this is how long it may take before it is made to, in milliseconds. */
const STOPPED_WITHIN = 2_000;

/**
 * Starts a program that takes one order over its channel, reports when it is ready and ends when the channel does. Rejects
 * with its last words when it does not get ready.
 */
export async function startServerProcess(
  program: string,
  order: object,
  log: (line: string) => void,
): Promise<ServerProcess> {
  // In a session of its own, which Ctrl-C in a terminal does not reach: faults are taken out in order, not dropped. And
  // with nothing of this process' environment, which may hold secrets.
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  child.on('error', () => {});
  const last: string[] = [];
  if (child.stderr)
    createInterface({ input: child.stderr }).on('line', (line) => {
      last.splice(0, last.length - 4);
      last.push(line);
      log(line);
    });
  const ended = endOf(child);
  const stop = () => stopped(child, ended);
  try {
    const url = await ready(child, ended, order);
    return { url, pid: child.pid ?? 0, ended, stop };
  } catch (error) {
    await stop();
    throw new Error([(error as Error).message, ...last].join('\n'));
  }
}

async function ready(child: ChildProcess, ended: Promise<string>, order: object): Promise<string> {
  const answered = once(child, 'message') as Promise<[ServerReport]>;
  const early = ended.then((how): never => {
    throw new Error(`its process ended with ${how}`);
  });
  early.catch(() => {});
  child.send(order, () => {});
  if (!(await settlesWithin(PATIENCE, Promise.race([answered, early]))))
    throw new Error(`no sign of life in ${PATIENCE} ms`);
  const [report] = await answered;
  if (report.kind === 'failed') throw new Error(report.what);
  return report.url;
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    // A process that could not be started has no exit.
    child.once('error', (error) => child.pid === undefined && resolve(error.message));
  });
}

async function stopped(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.connected) child.disconnect();
  if (await settlesWithin(STOPPED_WITHIN, ended)) return;
  child.kill('SIGKILL');
  await ended;
}
