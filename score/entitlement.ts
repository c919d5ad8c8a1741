import { SURVIVAL } from '../core/constants.ts';
import { phaseOf } from '../core/plan.ts';
import type { Recording } from '../core/recording.ts';
import type { Entitlement } from '../core/score.ts';
import { mean } from './percentile.ts';
import { eachSecond, type Span, spanTouching } from './span.ts';
import { type Count, cohortsOf, countsOf, scoredBins } from './tally.ts';

/**
 * What the target owes in each class per second, to everybody together: the capacity its owner declared, or its own best
 * five seconds of this run. A target that never served anybody owes all that was offered: its capacity is undefined.
 */
export function entitlementsOf(recording: Recording): Entitlement[] {
  const { plan } = recording;
  const span = spanTouching(phaseOf(plan, 'baseline').from, phaseOf(plan, 'recovery').to);
  const judged = cohortsOf(plan, 'primary', 'bystander');
  const bins = scoredBins(recording).filter(({ cohort }) => judged.has(cohort));
  return plan.classes.flatMap(({ name }) => {
    const seconds = countsOf(bins.filter((bin) => bin.class === name));
    if (seconds.size === 0) return [];
    const [mostOffered, mostServed] = [best(seconds, span, 'offered'), best(seconds, span, 'good')];
    const declared = plan.capacity[name];
    const capacity = declared ?? (mostServed > 0 ? mostServed : undefined);
    const source = declared === undefined ? 'self-relative' : 'declared';
    return [{ class: name, capacity, source, mostOffered, mostServed }];
  });
}

/** The highest mean per second over five seconds in a row. */
function best(seconds: ReadonlyMap<number, Count>, span: Span, what: keyof Count): number {
  const values = eachSecond(span, (second) => seconds.get(second)?.[what] ?? 0);
  return highestMean(values, SURVIVAL.selfRelativeWindow / 1_000);
}

/** The highest mean over so many neighbours; over all of them when there are fewer. */
export function highestMean(values: readonly number[], width: number): number {
  let highest = 0;
  for (let start = 0; start === 0 || start + width <= values.length; start += 1)
    highest = Math.max(highest, mean(values.slice(start, start + width)) ?? 0);
  return highest;
}
