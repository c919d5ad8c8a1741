import { INDICATORS } from '../../core/indicator.ts';
import type { Recording } from '../../core/recording.ts';
import { least, mean, most } from '../mean.ts';
import { indicatorSeries } from '../series/indicator.ts';
import { phaseOfSecond, timelineOf } from '../timeline.ts';
import type { JsonIndicator } from './report.ts';

/** What the target told of itself, phase by phase. */
export function indicatorsOf(recording: Recording): JsonIndicator[] {
  const timeline = timelineOf(recording);
  const series = indicatorSeries(recording.scrapes);
  const phases = [...new Set(timeline.map(({ name }) => name))];
  return phases.flatMap((phase) =>
    series.flatMap(({ source, indicator, points }): JsonIndicator[] => {
      const values = points
        .filter(({ at }) => phaseOfSecond(timeline, Math.floor(at / 1_000)) === phase)
        .map(({ value }) => value);
      const [middle, low, high] = [mean(values), least(values), most(values)];
      if (middle === undefined || low === undefined || high === undefined) return [];
      const facts = INDICATORS[indicator];
      return [{ phase, source, indicator, ...facts, looks: values.length, mean: middle, least: low, most: high }];
    }),
  );
}
