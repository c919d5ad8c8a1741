import type { Scrape } from '../core/event.ts';
import { INDICATORS, type IndicatorName } from '../core/indicator.ts';
import { mean } from './percentile.ts';

/** One value of an indicator; `at` in milliseconds. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** What one source told of an indicator, in order of time. */
export function pointsOf(scrapes: readonly Scrape[], source: string, indicator: IndicatorName): Point[] {
  return inOrder(scrapes).flatMap((scrape) => {
    const value = scrape.indicators[indicator];
    return scrape.source === source && scrape.up === 1 && value !== undefined ? [{ at: scrape.at, value }] : [];
  });
}

/** An indicator over time, added up over all sources: at each scrape, of what each source that is up told last. */
export function seriesOf(scrapes: readonly Scrape[], indicator: IndicatorName): Point[] {
  const last = new Map<string, number>();
  const points: Point[] = [];
  for (const { at, source, up, indicators } of inOrder(scrapes)) {
    const value = up === 1 ? indicators[indicator] : undefined;
    if (value === undefined) {
      last.delete(source);
      continue;
    }
    last.set(source, value);
    points.push({ at, value: [...last.values()].reduce((sum, part) => sum + part, 0) });
  }
  return points;
}

/** The names of the sources that were scraped, in order of their first scrape. */
export function sourcesOf(scrapes: readonly Scrape[]): string[] {
  return [...new Set(inOrder(scrapes).map(({ source }) => source))];
}

/** Scrapes by time; recordings of several machines mix them. */
export function inOrder(scrapes: readonly Scrape[]): Scrape[] {
  return scrapes.toSorted((a, b) => a.at - b.at);
}

/** How much a counter grew over its points; one that falls was reset and began again at 0, as Prometheus counts. */
export function increaseOf(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, { value }, index) => {
    const before = points[index]?.value ?? 0;
    return sum + (value >= before ? value - before : value);
  }, 0);
}

/**
 * The level of an indicator between two moments: the mean of a gauge, or by how much a counter grew per second, added
 * up over sources. Undefined without data; a counter needs two points.
 */
export function levelOf(
  scrapes: readonly Scrape[],
  indicator: IndicatorName,
  from: number,
  to: number,
): number | undefined {
  const within = scrapes.filter(({ at }) => at >= from && at < to);
  if (INDICATORS[indicator].kind === 'gauge') return mean(seriesOf(within, indicator).map(({ value }) => value));
  const rates = sourcesOf(within).flatMap((source) => rateOf(pointsOf(within, source, indicator)) ?? []);
  return rates.length > 0 ? rates.reduce((sum, rate) => sum + rate, 0) : undefined;
}

function rateOf(points: readonly Point[]): number | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || last.at <= first.at) return undefined;
  return (1_000 * increaseOf(points)) / (last.at - first.at);
}
