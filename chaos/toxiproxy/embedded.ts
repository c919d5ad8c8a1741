import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { EXIT } from '../../core/exit.ts';
import { Mistakes } from '../../core/mistake.ts';
import { settlesWithin } from '../../core/within.ts';
import type { Order, Report } from './order.ts';

/** A Toxiproxy in a child process of this one. */
export interface EmbeddedToxiproxy {
  /** Where its API is, without a slash at the end. */
  readonly url: string;
  readonly pid: number;
  /** Resolves when its process has ended, with how: `exit code 1`, `SIGKILL`. Every proxy and toxic is gone then. */
  readonly ended: Promise<string>;
  /** Ends it; the same end however often it is called. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** What its random choices follow from. */
  readonly seed: number;
  /** 127.0.0.1 when left out. */
  readonly host?: string;
  /** A free one when left out. */
  readonly port?: number;
  /** Names by which its API may be asked, beside those of the loopback. */
  readonly hosts?: readonly string[];
  readonly log?: (line: string) => void;
}

/** Node runs the built program only; from the sources it is where the build puts it. */
const PROGRAM = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/chaos/toxiproxy/main.js' : './main.js', import.meta.url),
);

/** How long its start may take, in milliseconds. */
const PATIENCE = 30_000;

/** It ends at once when it is told to; this is how long it may take before it is made to, in milliseconds. */
const STOPPED_WITHIN = 2_000;

/** Starts a Toxiproxy that ends with this process, however that ends. Throws Mistakes when it cannot be started. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedToxiproxy> {
  const { seed, host = '127.0.0.1', port = 0, hosts = [], log = () => {} } = options;
  // In a session of its own, which Ctrl-C in a terminal does not reach: faults are taken out in order, not dropped.
  const child = spawn(process.execPath, [PROGRAM], {
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
      log(`toxiproxy: ${line}`);
    });
  const ended = endOf(child);
  const stop = () => stopped(child, ended);
  try {
    const url = await ready(child, ended, { host, port, hosts, seed });
    return { url, pid: child.pid ?? 0, ended, stop };
  } catch (error) {
    await stop();
    const what = [(error as Error).message, ...last].join('\n');
    throw Mistakes.of('toxiproxy', `cannot be started: ${what}`, undefined, EXIT.notReady);
  }
}

async function ready(child: ChildProcess, ended: Promise<string>, order: Order): Promise<string> {
  const answered = once(child, 'message') as Promise<[Report]>;
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
