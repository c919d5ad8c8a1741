import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MediaOrder, MediaReport } from '../media/order.ts';
import type { MediaSettings } from '../media/settings.ts';
import { ROUTES } from '../media/trunk.ts';
import { unready } from '../unready.ts';
import type { Child } from './child.ts';
import { startProgram, stopped } from './program.ts';

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
  /** Where other media servers send to, a port for each way; none where it stands in no region. */
  readonly trunkPorts: readonly number[];
  readonly region: string | undefined;
  readonly token: string;
  stop(): Promise<void>;
}

export interface MediaServerOptions {
  readonly name: string;
  readonly settings: MediaSettings;
  /** Where it stands, if that is anywhere in particular. */
  readonly region?: string | undefined;
  /** The folder for its pid file. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** Called each time it ends without having been stopped. */
  readonly onDeath: (says: string) => void;
}

/** How long after its end it is started again, in milliseconds. */
const RESTARTED_AFTER = 1_000;

/** Starts a media server and keeps it running; throws Mistakes when it cannot be started the first time. */
export async function startMediaServer(options: MediaServerOptions): Promise<MediaServer> {
  const { name, settings, region, folder, signal, log, onDeath } = options;
  const pidFile = join(folder, `${name}.pid`);
  const token = randomBytes(18).toString('base64url');
  const stopping = new AbortController();
  const trunkPorts = region === undefined ? [] : ROUTES.map(() => 0);
  const order: MediaOrder = { name, settings, token, port: 0, controlPort: 0, trunkPorts, ...(region && { region }) };
  const first = await started(order, signal, log);
  const { kind: _, ...ports } = first.ready;
  const again = { ...order, ...ports };
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
    ...{ name, pidFile, token, region, ...ports },
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

function started(order: MediaOrder, signal: AbortSignal, log: (line: string) => void) {
  const { name, settings } = order;
  const flags = [`--max-old-space-size=${settings.heapMegabytes}`];
  return startProgram<MediaReport>({ part: 'media', name, spoken: name, flags, order, signal, log });
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
