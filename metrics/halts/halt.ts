import type { IndicatorName } from '../../core/indicator.ts';

/** When a run has to stop for the target's sake. Times are in milliseconds. */
export interface Halt {
  readonly watches: { readonly indicator: IndicatorName } | { readonly query: string };
  /** The sources that tell it, all of which have to; what they tell is added up. */
  readonly sources: readonly string[];
  readonly is: 'above' | 'below';
  readonly limit: number;
  /** How long that has to last. */
  readonly lasting: number;
  /** What to do when nothing is told for that time, or for LEAST_SILENCE where that is longer. */
  readonly missing: 'halt' | 'ignore';
  readonly says?: string;
}

/** A source that is silent for less has not failed yet. */
export const LEAST_SILENCE = 5_000;

/** What a condition watches, by the name it goes by. */
export function nameOf({ watches }: Pick<Halt, 'watches'>): string {
  return 'indicator' in watches ? watches.indicator : watches.query;
}
