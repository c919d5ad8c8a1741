import { SURVIVAL } from '../core/constants.ts';
import { INDICATORS, type IndicatorName } from '../core/indicator.ts';
import { phaseOf } from '../core/plan.ts';
import type { OperationClass } from '../core/profile.ts';
import type { Recording } from '../core/recording.ts';
import type { Agreement } from '../core/score.ts';
import { increaseOf, pointsOf, sourcesOf } from './series.ts';
import { isImpostor } from './tally.ts';

/** An agreement, and the time its counts are taken over, in milliseconds. */
export interface SpannedAgreement extends Agreement {
  readonly from: number;
  readonly to: number;
  /** False when the target's counts miss a part of what is scored. */
  readonly covers: boolean;
}

/**
 * The target's own success counters beside what the clients saw, for each class the target counts. The clients' side
 * is everybody who succeeded at all, be it late, closed models included: the target cannot tell them apart.
 */
export function agreementsOf(recording: Recording): SpannedAgreement[] {
  return recording.plan.classes.flatMap(({ name }) => {
    const indicator = `${name}.success`;
    return isIndicator(indicator) ? (agreementOn(name, indicator, recording) ?? []) : [];
  });
}

function agreementOn(
  name: OperationClass,
  indicator: IndicatorName,
  recording: Recording,
): SpannedAgreement | undefined {
  const { scrapes, plan } = recording;
  const sources = sourcesOf(scrapes).map((source) => pointsOf(scrapes, source, indicator));
  const counting = sources.filter((points) => points.length > 1);
  if (counting.length === 0) return undefined;
  const from = Math.min(...counting.map((points) => points[0]?.at ?? 0));
  const to = Math.max(...counting.map((points) => points.at(-1)?.at ?? 0));
  const target = counting.reduce((sum, points) => sum + increaseOf(points), 0);
  const client = successesOf(name, recording, Math.round(from / 1_000), Math.round(to / 1_000));
  // One person is always allowed to fall on the other side of a scrape.
  const tolerated = Math.max(1, SURVIVAL.agreement * Math.max(target, client));
  return {
    class: name,
    target,
    client,
    agrees: Math.abs(target - client) <= tolerated,
    from,
    to,
    covers: from <= phaseOf(plan, 'baseline').from + SCRAPED && to >= phaseOf(plan, 'recovery').to - SCRAPED,
  };
}

/** Sources are scraped once a second. */
const SCRAPED = 1_000;

function successesOf(name: OperationClass, { bins }: Recording, from: number, to: number): number {
  return bins
    .filter((bin) => bin.class === name && bin.second >= from && bin.second < to)
    .reduce((sum, bin) => sum + (isImpostor(bin) ? 0 : bin.eventual) + (bin.failed.granted ?? 0), 0);
}

function isIndicator(name: string): name is IndicatorName {
  return name in INDICATORS;
}
