import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { MediaOrder, MediaReport } from '../media/order.ts';
import type { MediaSettings } from '../media/settings.ts';
import { unready } from '../unready.ts';
import { type Child, hasEnded, startChild, step } from './child.ts';

/** A media server that is started again whenever it ends. */
export interface MediaServer {
  readonly name: string;
  /** The process it is at present, or was last. */
  readonly pid: number;
  /** The file that holds the process id. */
  readonly pidFile: string;
  /** Of its UDP socket; the same ones again after each start. */
  readonly port: number;
  readonly controlPort: number;
  readonly token: string;
  stop(): Promise<void>;
}

export interface MediaServerOptions {
  readonly name: string;
  readonly settings: MediaSettings;
  /** The folder for its pid file. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** Called each time it ends without having been stopped. */
  readonly onDeath: (says: string) => void;
}

/** Node runs the built program only; from the sources it is where the build puts it. */
const PROGRAM = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../../dist/targets/reference/media/main.js' : '../media/main.js',
    import.meta.url,
  ),
);

/** How long it may take to end when it is told to before it is made to, in milliseconds. */
const STOPPED_WITHIN = 2_000;

/** How long after its end it is started again, in milliseconds. */
const RESTARTED_AFTER = 1_000;

/** Starts a media server and keeps it running; throws Mistakes when it cannot be started the first time. */
export async function startMediaServer(options: MediaServerOptions): Promise<MediaServer> {
  const { name, settings, folder, signal, log, onDeath } = options;
  const pidFile = join(folder, `${name}.pid`);
  const token = randomBytes(18).toString('base64url');
  const stopping = new AbortController();
  const order: MediaOrder = { name, settings, token, port: 0, controlPort: 0 };
  const first = await started(order, signal, log);
  const again = { ...order, port: first.port, controlPort: first.controlPort };
  let current = first.child;
  const keep = async (): Promise<void> => {
    for (;;) {
      const how = await current.ended;
      if (stopping.signal.aborted) return;
      onDeath(saying(current, how));
      const next = await startedAgain(again, stopping.signal, log);
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
  const kept = keep();
  kept.catch((error: Error) => onDeath(`is not kept running any more: ${error.message}`));
  return {
    ...{ name, pidFile, token, port: first.port, controlPort: first.controlPort },
    get pid() {
      return current.pid;
    },
    async stop() {
      stopping.abort();
      await stopped(current);
      await kept.catch(() => undefined);
    },
  };
}

async function started(order: MediaOrder, signal: AbortSignal, log: (line: string) => void) {
  const { name, settings } = order;
  const command = [process.execPath, `--max-old-space-size=${settings.heapMegabytes}`, PROGRAM];
  const child = await startChild({ name, command, leash: 'ipc', log });
  try {
    const answered = once(child.process, 'message') as Promise<[MediaReport]>;
    child.process.send(order);
    const [report] = await step(child, name, answered, signal);
    if (report.kind === 'failed') throw unready(`${name} cannot start: ${report.what}`);
    return { child, port: report.port, controlPort: report.controlPort };
  } catch (error) {
    await stopped(child);
    throw error;
  }
}

/** Goes on trying until it runs again; undefined when it is not wanted any more. */
async function startedAgain(
  order: MediaOrder,
  stopping: AbortSignal,
  log: (line: string) => void,
): Promise<Child | undefined> {
  for (;;) {
    try {
      await sleep(RESTARTED_AFTER, undefined, { signal: stopping });
      return (await started(order, stopping, log)).child;
    } catch (error) {
      if (stopping.aborted) return undefined;
      log(`${order.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** How it ended; one that ran out of memory says so many lines before its last ones. */
function saying({ tail }: Child, how: string): string {
  const fatal = tail.found(/^FATAL ERROR: .*$/);
  const last = fatal ?? tail.last();
  return last === '' ? how : `${how}; the last it said:\n${last}`;
}

async function stopped(child: Child): Promise<void> {
  if (child.process.connected) child.process.disconnect();
  if (await hasEnded(child, STOPPED_WITHIN)) return;
  child.process.kill('SIGKILL');
  await child.ended;
}
