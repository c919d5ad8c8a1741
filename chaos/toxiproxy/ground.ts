import { derivedSeed, sequence } from '../../core/random.ts';
import { Counters } from './counters.ts';
import { Turns } from './turns.ts';

/** What all proxies of a server share. */
export interface Ground {
  readonly counters: Counters;
  readonly turns: Turns;
  readonly log: (line: string) => void;
  /** A source of random numbers in [0, 1) that follows from the server's seed and a name. */
  draws(name: string): () => number;
}

/** The ground of a server with a seed. */
export function groundOf(seed: number, log: (line: string) => void): Ground {
  return {
    counters: new Counters(),
    turns: new Turns(),
    log,
    draws: (name) => sequence(derivedSeed(seed, name)),
  };
}
