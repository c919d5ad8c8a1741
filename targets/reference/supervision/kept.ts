import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { unready } from '../unready.ts';
import type { Child } from './child.ts';
import { stopped } from './program.ts';

/** A program that is started again whenever it ends. */
export interface Kept<Ready> {
  readonly name: string;
  /** The process it is at present, or was last. */
  readonly pid: number;
  /** The file that holds the process id. */
  readonly pidFile: string;
  /** What it answered when it was started first; it is the same again after each start. */
  readonly ready: Ready;
  stop(): Promise<void>;
}

export interface KeptOptions<Ready> {
  readonly name: string;
  /** The folder for its pid file. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** Called each time it ends without having been stopped. */
  readonly onDeath: (says: string) => void;
  /** Starts it; again as what it was before, if it was. */
  readonly start: (before: Ready | undefined, signal: AbortSignal) => Promise<Started<Ready>>;
}

interface Started<Ready> {
  readonly child: Child;
  readonly ready: Ready;
}

/** How long after its end it is started again, in milliseconds. */
const RESTARTED_AFTER = 1_000;

/** Starts a program and keeps it running; throws Mistakes when it cannot be started the first time. */
export async function kept<Ready>(options: KeptOptions<Ready>): Promise<Kept<Ready>> {
  const { name, folder, signal, onDeath, start } = options;
  const pidFile = join(folder, `${name}.pid`);
  const stopping = new AbortController();
  const first = await start(undefined, signal);
  let current = first.child;
  const keep = async (): Promise<void> => {
    for (;;) {
      const how = await current.ended;
      if (stopping.signal.aborted) return;
      onDeath(saying(current, how));
      const next = await startedAgain(options, first.ready, stopping.signal);
      if (!next) return;
      current = next;
      await writeFile(pidFile, `${current.pid}\n`);
    }
  };
  try {
    await writeFile(pidFile, `${current.pid}\n`);
  } catch (error) {
    await stopped(current);
    throw unready(`the pid file of ${name} cannot be written: ${(error as Error).message}`);
  }
  const keeping = keep();
  keeping.catch((error: Error) => onDeath(`is not kept running any more: ${error.message}`));
  return {
    ...{ name, pidFile, ready: first.ready },
    get pid() {
      return current.pid;
    },
    async stop() {
      stopping.abort();
      await stopped(current);
      await keeping.catch(() => undefined);
    },
  };
}

/** Goes on trying until it runs again; undefined when it is not wanted any more. */
async function startedAgain<Ready>(
  { name, log, start }: KeptOptions<Ready>,
  before: Ready,
  stopping: AbortSignal,
): Promise<Child | undefined> {
  for (;;) {
    try {
      await sleep(RESTARTED_AFTER, undefined, { signal: stopping });
      return (await start(before, stopping)).child;
    } catch (error) {
      if (stopping.aborted) return undefined;
      log(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** How it ended; one that ran out of memory says so many lines before its last ones. */
function saying({ tail }: Child, how: string): string {
  const fatal = tail.found(/^FATAL ERROR: .*$/);
  const last = fatal ?? tail.last();
  return last === '' ? how : `${how}; the last it said:\n${last}`;
}
