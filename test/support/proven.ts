/** What `stormtest prove --json` prints. */
export interface Summary {
  readonly right: number;
  readonly wrong: number;
  readonly invalid: number;
  readonly results: readonly Proven[];
}

/** One line of a proof. */
export interface Proven {
  readonly profile: string;
  readonly target: string;
  readonly without?: readonly string[];
  readonly expected: string;
  readonly rating: string;
  readonly verdict: string;
  readonly score?: number;
  readonly gates: readonly string[];
  readonly mechanism: string;
  readonly says: string;
  readonly folder: string;
}
