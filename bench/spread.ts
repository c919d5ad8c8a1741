import { amount } from '../reports/format.ts';

/** What several rounds found. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** The spread of some values; undefined when there are none, or when one of them is unknown. */
export function spreadOf(values: readonly (number | undefined)[]): Spread | undefined {
  const known = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const [min, max] = [known[0], known.at(-1)];
  if (min === undefined || max === undefined || known.length < values.length) return undefined;
  const [low = min, high = min] = [known[Math.floor((known.length - 1) / 2)], known[Math.ceil((known.length - 1) / 2)]];
  return { min, median: (low + high) / 2, max };
}

/** A spread as a cell of a table: the median, and between which values it stands; `-` when there is none. */
export function spreadCell(spread: Spread | undefined, told: (value: number) => string = amount): string {
  if (!spread) return '-';
  const [median, min, max] = [spread.median, spread.min, spread.max].map(told);
  return min === max ? `${median}` : `${median} (${min}-${max})`;
}

/** The ratio of two series round by round, which cancels what disturbed both. */
export function ratios(
  values: readonly (number | undefined)[],
  others: readonly (number | undefined)[],
): (number | undefined)[] {
  return values.map((value, round) => {
    const other = others[round];
    return value === undefined || other === undefined || other === 0 ? undefined : value / other;
  });
}
