import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { HEARTBEAT, type WatchdogOrder } from './watchdog/order.ts';

/** The owner's end of a watchdog's leash. */
export interface Watchdog {
  /** The process that watches now; another one when the one before was ended from outside. */
  readonly pid: number | undefined;
  /** Lets it go: it undoes what is still open, if anything is, and ends. */
  close(): void;
}

/** Node runs the built program only; from the sources it is where the build puts it. */
const PROGRAM = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../dist/chaos/watchdog/main.js' : 'watchdog/main.js', import.meta.url),
);

const PERSISTENCE = 300_000;
const MOST_STARTS = 5;

/**
 * Starts a watchdog over an intent log, and another one whenever that is ended from outside. The heartbeat is a timer of
 * this process, so it stops when the process hangs.
 */
export function startWatchdog(file: string): Watchdog {
  let closed = false;
  let starts = 0;
  let child: ChildProcess | undefined;
  const start = () => {
    starts += 1;
    child = spawned({ file, persistence: PERSISTENCE });
    child.once('exit', () => {
      if (!closed && starts < MOST_STARTS) start();
    });
  };
  start();
  const beat = setInterval(() => child?.stdin?.write('.'), HEARTBEAT).unref();
  return {
    get pid() {
      return child?.pid;
    },
    close() {
      closed = true;
      clearInterval(beat);
      child?.stdin?.end();
    },
  };
}

function spawned(order: WatchdogOrder): ChildProcess {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(order)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  });
  // Its end is what counts, not that something could not be written to it.
  child.stdin?.on('error', () => undefined);
  child.on('error', () => undefined);
  child.unref();
  (child.stdin as { unref?(): void } | null)?.unref?.();
  return child;
}
