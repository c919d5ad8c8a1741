import { phaseOf } from '../../core/plan.ts';
import type { Evidence, Gate, Score } from '../../core/score.ts';
import type { Measured } from '../measured.ts';
import { mean } from '../percentile.ts';
import { known } from '../quality.ts';
import { isInSpan } from '../span.ts';
import { number, percent, seconds } from '../spoken.ts';
import { cohortsOf, scoredBins } from '../tally.ts';
import { diagnosed } from './diagnosis.ts';

/** Fires when the target was not itself again at the end of the recovery phase, with the base load still on. */
export function notRecovered(measured: Measured, mechanism: Score['mechanism']): Gate {
  const name = 'not-recovered';
  const { recoveredAfter, phases, traces, recording } = measured;
  if (recoveredAfter !== undefined)
    return { name, status: 'held', says: `recovered ${seconds(recoveredAfter)} after the storm`, evidence: [] };
  if (!phases.recovery.whole)
    return { name, status: 'not covered', says: 'the recovery phase was not recorded to its end', evidence: [] };
  if (known(traces.primary.recovery).length === 0)
    return { name, status: 'not covered', says: 'there is no data of the recovery', evidence: [] };
  const { from, to } = phaseOf(recording.plan, 'recovery');
  const { kind, says, evidence } = diagnosed(recording);
  return {
    name,
    status: 'fired',
    kind,
    says: `the target had not recovered ${seconds(to - from)} after the storm, with only the base load left: ${says}`,
    evidence: [...fromClient(measured), ...evidence, { says: mechanism.says, from: mechanism.from }],
  };
}

/** The end of the recovery phase as people saw it. */
function fromClient({ recording, phases, traces }: Measured): Evidence[] {
  const { stretch } = recording.plan.windows;
  const last = mean(known(traces.primary.recovery.slice(-stretch / 1_000)));
  const primary = cohortsOf(recording.plan, 'primary');
  const bins = scoredBins(recording).filter((bin) => primary.has(bin.cohort) && isInSpan(phases.recovery, bin.second));
  const offered = bins.reduce((sum, bin) => sum + bin.offered, 0);
  const attempts = bins.reduce((sum, bin) => sum + bin.attempts, 0);
  const quality =
    last === undefined
      ? []
      : [`in the last ${seconds(stretch)} of the recovery ${percent(last)} of the baseline's quality was left`];
  const tries =
    offered > 0
      ? [`everybody who was due in the recovery made ${number(attempts / offered, 1)} attempts on average`]
      : [];
  return [...quality, ...tries].map((says) => ({ says, from: 'client' }));
}
