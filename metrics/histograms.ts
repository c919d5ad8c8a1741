import type { Family, Labels, Sample } from './exposition/family.ts';
import { numberOf } from './exposition/number.ts';
import { latest, seriesKey } from './series.ts';

/** The buckets a histogram family has for one set of labels, `le` aside. */
export interface BucketedHistogram {
  readonly labels: Labels;
  /** In order of their bounds; each counts what is at most `upTo`, so the last one, up to infinity, counts all. */
  readonly buckets: readonly Bucket[];
  readonly sum?: number;
  readonly count?: number;
}

/** So many values were at most `upTo`. */
export interface Bucket {
  readonly upTo: number;
  readonly count: number;
}

interface Draft {
  readonly labels: Labels;
  readonly buckets: Bucket[];
  sum?: number;
  count?: number;
}

/**
 * Groups the samples of a histogram or gauge histogram by their labels; other families have none. A bucket whose `le`
 * is not a number is passed over, as PromQL does.
 */
export function histogramsOf(family: Family): readonly BucketedHistogram[] {
  if (family.type !== 'histogram' && family.type !== 'gaugehistogram') return [];
  const drafts = new Map<string, Draft>();
  for (const sample of latest(family.samples).values()) {
    const labels = new Map([...sample.labels].filter(([label]) => label !== 'le'));
    const key = seriesKey({ name: family.name, labels });
    const draft: Draft = drafts.get(key) ?? { labels, buckets: [] };
    drafts.set(key, draft);
    addTo(draft, sample, sample.name.slice(family.name.length));
  }
  for (const { buckets } of drafts.values()) buckets.sort((a, b) => a.upTo - b.upTo);
  return [...drafts.values()];
}

function addTo(draft: Draft, { labels, value }: Sample, suffix: string): void {
  if (suffix === '_sum' || suffix === '_gsum') draft.sum = value;
  else if (suffix === '_count' || suffix === '_gcount') draft.count = value;
  else if (suffix === '_bucket') {
    const upTo = numberOf(labels.get('le') ?? '') ?? Number.NaN;
    if (!Number.isNaN(upTo)) draft.buckets.push({ upTo, count: value });
  }
}

/**
 * Estimates the `q`-quantile (0..1) from buckets, assuming that values lie evenly within each, and that the lowest
 * begins at 0 when its bound is above 0. Undefined where PromQL's `histogram_quantile`, whose rules these are, says NaN:
 * nothing was counted, there is no second bucket, or none up to infinity. A value in the last bucket is put at the bound
 * before it. Buckets of equal bounds add up, and a count below the one before it is raised to that.
 */
export function histogramQuantile(q: number, buckets: readonly Bucket[]): number | undefined {
  if (q < 0 || q > 1) return q < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const rising = cumulative(buckets);
  const total = rising.at(-1);
  const lastBound = rising.at(-2)?.upTo;
  if (total?.upTo !== Number.POSITIVE_INFINITY || lastBound === undefined || !(total.count > 0)) return undefined;
  const rank = q * total.count;
  const at = rising.findIndex(({ count }) => count >= rank);
  const bucket = rising[at];
  if (bucket === undefined) return undefined;
  if (bucket === total) return lastBound;
  if (at === 0 && bucket.upTo <= 0) return bucket.upTo;
  const below = rising[at - 1] ?? { upTo: 0, count: 0 };
  const value = below.upTo + (bucket.upTo - below.upTo) * ((rank - below.count) / (bucket.count - below.count));
  return Number.isNaN(value) ? undefined : value;
}

function cumulative(buckets: readonly Bucket[]): Bucket[] {
  const merged = new Map<number, number>();
  for (const { upTo, count } of [...buckets].sort((a, b) => a.upTo - b.upTo))
    merged.set(upTo, (merged.get(upTo) ?? 0) + count);
  let highest = 0;
  return [...merged].map(([upTo, count]) => {
    highest = Math.max(highest, count);
    return { upTo, count: highest };
  });
}
