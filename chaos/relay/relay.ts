import { fileURLToPath } from 'node:url';
import { EXIT } from '../../core/exit.ts';
import { Mistakes } from '../../core/mistake.ts';
import { type ServerProcess, startServerProcess } from '../server-process.ts';
import { type RelayClient, relayClient } from './client.ts';
import type { Order } from './order.ts';

/**
 * A relay at work: a process that stands in front of UDP upstreams, passes on what clients send to it and what comes back,
 * and impairs that path by path. It ends with this process, however that ends.
 */
export interface Relay extends RelayClient, ServerProcess {}

export interface RelayOptions {
  /** What its chances are drawn from. */
  readonly seed: number;
  readonly log?: (line: string) => void;
}

/** Node runs the built program only; from the sources it is where the build puts it. */
const PROGRAM = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/chaos/relay/main.js' : './main.js', import.meta.url),
);

/** Starts a relay that listens for no client yet. Throws Mistakes when it cannot be started. */
export async function startRelay({ seed, log = () => {} }: RelayOptions): Promise<Relay> {
  const order: Order = { seed };
  try {
    const started = await startServerProcess(PROGRAM, order, (line) => log(`relay: ${line}`));
    return { ...relayClient(started.url), ...started };
  } catch (error) {
    throw Mistakes.of('relay', `cannot be started: ${(error as Error).message}`, undefined, EXIT.notReady);
  }
}
