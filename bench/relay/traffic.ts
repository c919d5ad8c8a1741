import { fileURLToPath } from 'node:url';
import { type Cores, onCore } from '../cores.ts';
import { type Subordinate, subordinate } from '../server/subordinate.ts';

/** What the process of both ends is told: datagrams of so many flows through an address, each of which is echoed. */
export interface ToDatagrams {
  /** `host:port` of the relay. */
  readonly address: string;
  readonly flows: number;
  /** Datagrams sent in a second, of all flows together. */
  readonly perSecond: number;
  /** Bytes of content. */
  readonly size: number;
  /** How long it goes on before it counts, and how long it counts, in milliseconds. */
  readonly warmUp: number;
  readonly length: number;
}

export type FromDatagrams =
  | { readonly did: 'listen'; readonly address: string }
  | { readonly did: 'begin' }
  | { readonly did: 'count'; readonly milliseconds: number; readonly sent: number; readonly back: number };

/** Both ends of flows, in one process that stands on the client's core. */
export function startDatagrams(cores: Cores | undefined, signal: AbortSignal): Subordinate<ToDatagrams, FromDatagrams> {
  const program = fileURLToPath(new URL('traffic-process.js', import.meta.url));
  return subordinate<ToDatagrams, FromDatagrams>(onCore(cores, 'client', [process.execPath, program]), signal);
}
