/** Somebody who may sign in to the reference target. */
export interface ReferenceAccount {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** What the accounts were made up from, so that another process can make up the same people. */
export interface ReferencePopulation {
  readonly seed: number;
  readonly count: number;
}
