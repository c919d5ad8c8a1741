import { fileURLToPath } from 'node:url';
import type { Shape } from '../../chaos/relay/shape.ts';
import { type Cores, onCore } from '../cores.ts';
import { type Subordinate, subordinate } from '../server/subordinate.ts';

/** What a process that stands between two ends is told. */
export type ToRelay =
  | { readonly do: 'stand before'; readonly upstream: string; readonly shape: Shape | undefined }
  | { readonly do: 'tell use' };

export type FromRelay =
  | { readonly did: 'listen'; readonly address: string }
  /** CPU seconds and datagrams passed on so far, both ways. */
  | { readonly did: 'use'; readonly seconds: number; readonly forwarded: number };

export type RelayProcess = Subordinate<ToRelay, FromRelay>;

/** Starts one on the server's core: our relay, or the least that can be done in Node. */
export function startRelayProcess(kind: 'relay' | 'bare', cores: Cores | undefined, signal: AbortSignal): RelayProcess {
  const program = fileURLToPath(new URL(`${kind}-process.js`, import.meta.url));
  return subordinate<ToRelay, FromRelay>(onCore(cores, 'server', [process.execPath, program]), signal);
}
