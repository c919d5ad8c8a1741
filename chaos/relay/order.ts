import type { Shapes } from './shape.ts';
import type { Tallies } from './tally.ts';

/** What the owner of a relay asks of its process, over the IPC channel between them. */
export type Ask =
  | OpenAsk
  | { readonly does: 'shut'; readonly listen: string }
  | ImpairAsk
  | { readonly does: 'renew'; readonly path: string; readonly name: string }
  | { readonly does: 'lift'; readonly path: string; readonly name: string }
  | { readonly does: 'counters' };

/** Listens for the clients of an upstream. */
export interface OpenAsk {
  readonly does: 'open';
  /** `host:port` */
  readonly upstream: string;
  readonly listen: string;
  readonly path: string;
  readonly idle: number;
  /** What passes here is the owner looking whether the path works; it is counted apart. */
  readonly isProbe: boolean;
}

/** Impairs a path, for so many milliseconds unless it is renewed. */
export interface ImpairAsk {
  readonly does: 'impair';
  readonly path: string;
  /** So that nothing but it is ever taken away. */
  readonly name: string;
  readonly shapes: Shapes;
  readonly ttl: number;
}

/** What each of them is answered with. */
export interface Answers {
  /** Where it listens: `host:port`. */
  readonly open: string;
  readonly shut: null;
  readonly impair: null;
  /** Whether it was there. */
  readonly renew: boolean;
  readonly lift: boolean;
  readonly counters: Counters;
}

export type Does = Ask['does'];

/** What has passed so far, path by path. */
export interface Counters {
  /** When this was, on the machine's monotonic clock (`core/clock.ts`). */
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
  /** What the relay's owner has sent to look whether the path works. */
  readonly probes: Tallies;
  /** The names of the impairments in place. */
  readonly impairedBy: readonly string[];
}

/** An ask with the number its answer carries. */
export interface Request {
  readonly id: number;
  readonly ask: Ask;
}

/** What comes back: the answer, or why there is none. */
export type Reply =
  | { readonly id: number; readonly answer: Answers[Does] }
  | { readonly id: number; readonly failed: string };
