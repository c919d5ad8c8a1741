import type { Tallies } from './tally.ts';

/** What a relay has passed on and dropped so far, path by path. */
export interface Counters {
  /** When this was, on the machine's monotonic clock (`core/clock.ts`), in milliseconds. */
  readonly at: number;
  readonly paths: Readonly<Record<string, PathCounters>>;
  /** Whether `missed` is known: where it is not, it says 0. */
  readonly knowsMissed: boolean;
}

/** What has passed through one path. */
export interface PathCounters {
  /** Clients it has now. */
  readonly clients: number;
  /** Datagrams it holds back now, of clients and probes. */
  readonly waiting: number;
  /** What clients and their upstreams have sent. */
  readonly traffic: Tallies;
  /** What was sent to look whether the path works. */
  readonly probes: Tallies;
  /** The names of the impairments in place. */
  readonly impairedBy: readonly string[];
}
