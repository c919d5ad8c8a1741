/** One of the made-up people a run lets loose on the target. */
export interface Person {
  readonly index: number;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** Comes with credentials that are not theirs, whatever those are where they go. */
  readonly impostor?: true;
}

/** Where the people come from: made up from the seed, or the target's own accounts read from a file. */
export type Population =
  | { readonly from: 'seed'; readonly count: number }
  | { readonly from: 'list'; readonly people: readonly Person[] };
