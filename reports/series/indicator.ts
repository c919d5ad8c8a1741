import type { Scrape } from '../../core/event.ts';
import { INDICATORS, type IndicatorName } from '../../core/indicator.ts';
import { mean } from '../mean.ts';
import { type Values, valuesOf } from '../plot/resolution.ts';

/** A gauge's value, or how fast a counter grew, at one look at a source; `at` in milliseconds. */
export interface IndicatorPoint {
  readonly at: number;
  readonly value: number;
}

/** One indicator as one source told it: gauges as they were, counters as increases per second. */
export interface IndicatorSeries {
  readonly source: string;
  readonly indicator: IndicatorName;
  readonly points: readonly IndicatorPoint[];
}

/** Every indicator every source told of, in the order of core's table. */
export function indicatorSeries(scrapes: readonly Scrape[]): IndicatorSeries[] {
  const ordered = scrapes.filter(({ up }) => up === 1).toSorted((a, b) => a.at - b.at);
  const sources = [...new Set(ordered.map(({ source }) => source))];
  return (Object.keys(INDICATORS) as IndicatorName[]).flatMap((indicator) =>
    sources.flatMap((source) => {
      const told = ordered.flatMap((scrape): IndicatorPoint[] => {
        const value = scrape.indicators[indicator];
        return scrape.source === source && value !== undefined ? [{ at: scrape.at, value }] : [];
      });
      const points = INDICATORS[indicator].kind === 'counter' ? ratesOf(told) : told;
      return points.length > 0 ? [{ source, indicator, points }] : [];
    }),
  );
}

/**
 * How fast a counter grew between each two looks. One that fell was reset, and what it shows since counts from 0, as
 * Prometheus has it.
 */
export function ratesOf(points: readonly IndicatorPoint[]): IndicatorPoint[] {
  return points.slice(1).flatMap(({ at, value }, place): IndicatorPoint[] => {
    const before = points[place];
    if (!before || at <= before.at) return [];
    const grown = value >= before.value ? value - before.value : value;
    return [{ at, value: (1_000 * grown) / (at - before.at) }];
  });
}

/** Puts a series on whole seconds: the mean of what was seen in each. */
export function onSeconds(points: readonly IndicatorPoint[]): Values {
  const seen = new Map<number, number[]>();
  for (const { at, value } of points) {
    const second = Math.floor(at / 1_000);
    seen.set(second, [...(seen.get(second) ?? []), value]);
  }
  return valuesOf([...seen].map(([second, values]) => [second, mean(values)]));
}

/**
 * An indicator second by second, added up over sources. A second in which one of them did not tell, nor in the second
 * before, has no sum: without it the others would look like a drop.
 */
export function summedPerSecond(scrapes: readonly Scrape[], indicator: IndicatorName): Values {
  const series = indicatorSeries(scrapes)
    .filter((one) => one.indicator === indicator)
    .map(({ points }) => onSeconds(points));
  const length = Math.max(0, ...series.map((values) => values.length));
  return Array.from({ length }, (_, second) => {
    const told = series.flatMap((values) => values[second] ?? values[second - 1] ?? []);
    return told.length < series.length ? undefined : told.reduce((sum, value) => sum + value, 0);
  });
}
