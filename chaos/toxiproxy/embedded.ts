import { fileURLToPath } from 'node:url';
import { EXIT } from '../../core/exit.ts';
import { Mistakes } from '../../core/mistake.ts';
import { type ServerProcess, startServerProcess } from '../server-process.ts';
import type { Order } from './order.ts';

/** A Toxiproxy in a child process of this one. */
export type EmbeddedToxiproxy = ServerProcess;

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

/** Starts a Toxiproxy that ends with this process, however that ends. Throws Mistakes when it cannot be started. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedToxiproxy> {
  const { seed, host = '127.0.0.1', port = 0, hosts = [], log = () => {} } = options;
  const order: Order = { host, port, hosts, seed };
  try {
    return await startServerProcess(PROGRAM, order, (line) => log(`toxiproxy: ${line}`));
  } catch (error) {
    throw Mistakes.of('toxiproxy', `cannot be started: ${(error as Error).message}`, undefined, EXIT.notReady);
  }
}
