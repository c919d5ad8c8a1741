import type { QualityPoint } from '../core/score.ts';
import type { Measured } from './measured.ts';
import { lastFinalSecond } from './phases.ts';
import { type Quality, qualityOf } from './quality.ts';
import { eachSecond, type Span } from './span.ts';
import { stripsOf } from './strip.ts';
import type { Group } from './tally.ts';
import { against, yardstickOf } from './trace.ts';

/**
 * q of the primary cohorts and of each bystander cohort for every second of the run, the probe included. Seconds with
 * few arrivals are never taken together across the border of a phase.
 */
export function qualityPoints(measured: Measured): QualityPoint[] {
  const spans = spansOf(measured);
  const primary = qualityOver(spans, measured.groups.primary, measured);
  const bystanders = measured.groups.bystanders.map((group) => ({
    name: group.name,
    quality: qualityOver(spans, group, measured),
  }));
  return spans
    .flatMap((span) => eachSecond(span, (second) => second))
    .map((second, index) => ({
      second,
      primary: primary[index],
      bystanders: Object.fromEntries(
        bystanders.flatMap(({ name, quality }) => {
          const value = quality[index];
          return value === undefined ? [] : [[name, value] as const];
        }),
      ),
    }));
}

function qualityOver(spans: readonly Span[], group: Group, { entitlements, phases }: Measured): Quality[] {
  const over = (span: Span) => qualityOf(stripsOf(group, entitlements, span));
  const yardstick = yardstickOf(over(phases.baseline));
  return spans.flatMap((span) => against(yardstick, over(span)));
}

/** The run cut where phases meet, from its start to the last second anybody was due in that is judged. */
function spansOf({ phases, recording, groups }: Measured): Span[] {
  const { baseline, storm, recovery } = phases;
  const tallies = [groups.primary, ...groups.bystanders].flatMap((group) => group.tallies);
  const due = tallies.reduce((last, { seconds }) => Math.max(last, ...seconds.keys()), -1) + 1;
  const probed = recording.phases.filter(({ name }) => name === 'probe').map(({ at }) => Math.round(at / 1_000));
  const end = Math.max(recovery.to, Math.min(due, lastFinalSecond(recording)));
  const cuts = [0, baseline.from, storm.from, recovery.from, recovery.to, ...probed.sort((a, b) => a - b), end];
  return cuts.slice(1).flatMap((to, index) => {
    const from = cuts[index] ?? 0;
    return to > from ? [{ from, to }] : [];
  });
}
