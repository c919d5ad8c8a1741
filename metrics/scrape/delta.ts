import type { Sample } from '../exposition/family.ts';

/** What a scrape adds to the recording. */
export interface Delta {
  /** Values that are new or changed, by the key of their series. */
  readonly series: Readonly<Record<string, number>>;
  /** Series told of before that are not there any more. */
  readonly gone: readonly string[];
  /** How many series were exposed, and how many of them the cap leaves out; NaN and infinite ones count in neither. */
  readonly exposed: number;
  readonly leftOut: number;
}

/** Tells what changed since the call before; `isWanted` says which series come first under the cap. */
export type Deltas = (samples: ReadonlyMap<string, Sample>, isWanted: (sample: Sample) => boolean) => Delta;

/**
 * Follows the series of one source, at most `mostSeries` of them: those that are wanted, then those already followed,
 * then the others in order of appearance. JSON has no NaN and no infinity: a series with such a value is told as gone,
 * and told again, whatever its value, when it is back; so is one that vanishes.
 */
export function deltas(mostSeries: number): Deltas {
  let followed: ReadonlyMap<string, number> = new Map();
  return (samples, isWanted) => {
    const finite = [...samples].filter(([, { value }]) => Number.isFinite(value));
    const rank = ([key, sample]: Entry) => (isWanted(sample) ? 0 : followed.has(key) ? 1 : 2);
    const kept = finite.length > mostSeries ? firstByRank(finite, rank).slice(0, mostSeries) : finite;
    const values = kept.map(([key, { value }]) => [key, value] as const);
    const changed = values.filter(([key, value]) => followed.get(key) !== value);
    const before = followed;
    followed = new Map(values);
    return {
      series: Object.fromEntries(changed),
      gone: [...before.keys()].filter((key) => !followed.has(key)),
      exposed: finite.length,
      leftOut: finite.length - kept.length,
    };
  };
}

type Entry = readonly [key: string, sample: Sample];

function firstByRank(entries: readonly Entry[], rank: (entry: Entry) => number): readonly Entry[] {
  const ranked = entries.map((entry) => ({ entry, rank: rank(entry) }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry);
}
