import { SURVIVAL } from '../../core/constants.ts';
import { rateAt } from '../../core/curve.ts';
import type { Reason } from '../../core/score.ts';
import type { Measured } from '../measured.ts';
import { isWhole, type JudgedPhases, scoredSpan } from '../phases.ts';
import { known } from '../quality.ts';
import { eachSecond, isInSpan } from '../span.ts';
import { counted } from '../spoken.ts';
import { cohortsOf, scoredBins } from '../tally.ts';

/** Nothing recorded where something must have been: of the primary cohorts, or of the generator. */
export function noData(measured: Measured): Reason[] {
  const says = missingIn(measured);
  return says === undefined ? [] : [{ name: 'no-data', says, environmental: false }];
}

function missingIn(measured: Measured): string | undefined {
  const { recording, phases, traces } = measured;
  const names: readonly (keyof JudgedPhases)[] = ['baseline', 'storm', 'recovery'];
  const empty = names.filter((name) => known(traces.primary[name]).length === 0);
  const isEmpty = isWhole(recording) ? empty.length > 0 : empty.length === names.length;
  if (isEmpty) return `nothing is known of the people the storm is about in ${empty.join(', ')}`;
  const silent = silentSeconds(measured);
  const scored = scoredSpan(phases);
  const { from, to } = scored;
  if (silent > SURVIVAL.generator.badSecondsShare * (to - from))
    return `nothing was recorded in ${counted(silent, 'second')} of ${to - from} in which people were due`;
  if (to > from && !recording.health.some(({ second }) => isInSpan(scored, second)))
    return 'nothing is known of how the generator itself was doing';
  return undefined;
}

/** Seconds in which the plan has enough people due to tell, and none at all is in the recording. */
function silentSeconds({ recording, phases }: Measured): number {
  const primary = cohortsOf(recording.plan, 'primary', 'impostor');
  const bins = scoredBins(recording).filter(({ cohort, offered }) => primary.has(cohort) && offered > 0);
  const heard = new Set(bins.map(({ second }) => second));
  const curves = recording.plan.scenarios.filter(({ model, cohort }) => model === 'open' && primary.has(cohort));
  const due = (second: number) => curves.reduce((sum, { curve }) => sum + rateAt(curve, second * 1_000 + 500), 0);
  return eachSecond(scoredSpan(phases), (second) => !heard.has(second) && due(second) >= SURVIVAL.leastOffered).filter(
    Boolean,
  ).length;
}
