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
 * is everybody who succeeded at all, be it late, closed models included: the target cannot tell them apart. What is told
 * at second hand may be of a moment before: it agrees with the clients when it does at one of the moments it may be of.
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
  const counting = sourcesOf(scrapes)
    .map((source) => ({ points: pointsOf(scrapes, source, indicator), oldest: oldestOf(source, recording) }))
    .filter(({ points }) => points.length > 1);
  if (counting.length === 0) return undefined;
  const from = Math.min(...counting.map(({ points }) => points[0]?.at ?? 0));
  const to = Math.max(...counting.map(({ points }) => points.at(-1)?.at ?? 0));
  const oldest = Math.max(...counting.map((source) => source.oldest));
  const target = counting.reduce((sum, { points }) => sum + increaseOf(points), 0);
  const between = (start: number, end: number) =>
    successesOf(name, recording, Math.round(start / 1_000), Math.round(end / 1_000));
  const [least, client, most] = [between(from, to - oldest), between(from, to), between(from - oldest, to)];
  // One person is always allowed to fall on the other side of a scrape.
  const tolerated = (count: number) => Math.max(1, SURVIVAL.agreement * Math.max(target, count));
  const looked = oldest > 0 ? QUERIED : SCRAPED;
  return {
    class: name,
    target,
    client,
    agrees: target >= least - tolerated(least) && target <= most + tolerated(most),
    from,
    to,
    covers: from <= phaseOf(plan, 'baseline').from + looked && to >= phaseOf(plan, 'recovery').to - looked,
  };
}

/** Pages are scraped once a second, Prometheus servers asked every two. */
const SCRAPED = 1_000;
const QUERIED = 2_000;

/** How old what a source tells may be; 0 for the target's own pages. */
function oldestOf(source: string, { target }: Recording): number {
  return target.metrics.find(({ name }) => name === source)?.oldest ?? 0;
}

/** Into meetings people come more than once, and may be let in and get no media: the target counts each time it lets in. */
function successesOf(name: OperationClass, { bins, media }: Recording, from: number, to: number): number {
  const comings = name === 'join' ? media.filter(({ comings }) => comings) : [];
  const coming = new Set(comings.map(({ scenario }) => scenario));
  const admitted = comings
    .filter(({ second }) => second >= from && second < to)
    .reduce((sum, one) => sum + (one.comings?.admitted ?? 0), 0);
  return bins
    .filter((bin) => bin.class === name && !coming.has(bin.scenario) && bin.second >= from && bin.second < to)
    .reduce((sum, bin) => sum + (isImpostor(bin) ? 0 : bin.eventual) + (bin.failed.granted ?? 0), admitted);
}

function isIndicator(name: string): name is IndicatorName {
  return name in INDICATORS;
}
