/** What the process of a relay is told when it starts. */
export interface Order {
  /** What all its chances are drawn from. */
  readonly seed: number;
}
