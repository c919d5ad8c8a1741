import { fileURLToPath } from 'node:url';
import { type Cores, onCore } from '../cores.ts';
import { type Subordinate, subordinate } from '../server/subordinate.ts';

/** What the process of both ends is told: to stream through an address, or to have short messages echoed through it. */
export interface ToTraffic {
  readonly do: 'stream' | 'echo';
  /** `host:port` of the proxy; of the ends themselves when there is none between. */
  readonly address: string;
  readonly connections: number;
  /** How long it goes on before it counts, and how long it counts, in milliseconds. */
  readonly warmUp: number;
  readonly length: number;
}

export type FromTraffic =
  | { readonly did: 'listen'; readonly stream: string; readonly echo: string }
  | { readonly did: 'begin' }
  | ({ readonly did: 'count' } & Counted);

/** What came back while it counted. */
export interface Counted {
  readonly milliseconds: number;
  /** Of a stream. */
  readonly bytes: number;
  /** Of echoes. */
  readonly roundTrips: number;
  /** Milliseconds of a round trip. */
  readonly p50: number;
  readonly p99: number;
}

export type Traffic = Subordinate<ToTraffic, FromTraffic>;

/** Starts the two ends of connections, in one process that stands on the client's core. */
export function startTraffic(cores: Cores | undefined, signal: AbortSignal): Traffic {
  const program = fileURLToPath(new URL('traffic-process.js', import.meta.url));
  return subordinate<ToTraffic, FromTraffic>(onCore(cores, 'client', [process.execPath, program]), signal);
}
