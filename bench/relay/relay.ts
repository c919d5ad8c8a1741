import { fileURLToPath } from 'node:url';
import { type Cores, onCore } from '../cores.ts';
import { type Subordinate, subordinate } from '../server/subordinate.ts';

/** The process of the relay is asked one thing only. */
export interface ToRelay {
  readonly do: 'tell use';
}

export type FromRelay =
  | { readonly did: 'listen'; readonly url: string }
  /** CPU seconds so far. */
  | { readonly did: 'use'; readonly seconds: number };

export type RelayProcess = Subordinate<ToRelay, FromRelay>;

/** Starts a relay on the server's core. */
export function startRelayProcess(cores: Cores | undefined, signal: AbortSignal): RelayProcess {
  const program = fileURLToPath(new URL('relay-process.js', import.meta.url));
  return subordinate<ToRelay, FromRelay>(onCore(cores, 'server', [process.execPath, program]), signal);
}
