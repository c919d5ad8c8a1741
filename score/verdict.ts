import { SURVIVAL } from '../core/constants.ts';
import type { Component, Coverage, Gate, Reason, Score, Verdict } from '../core/score.ts';
import { isBelow } from './below.ts';
import { outranksInvalidity } from './gates/gates.ts';
import { counted, percent, points, seconds } from './spoken.ts';

/** What a verdict is made of. */
export interface Grounds {
  readonly gates: readonly Gate[];
  readonly validity: readonly Reason[];
  readonly coverage: Coverage;
  readonly components: readonly Component[];
  /** S before the cap. */
  readonly uncapped: number | undefined;
  readonly recoveredAfter: number | undefined;
}

/**
 * The verdict and the one sentence that says why. Deaths, lost data and people wrongly let in count whatever else is
 * wrong with the run; every other gate yields to invalidity; then coverage, then the threshold.
 */
export function verdictOf(grounds: Grounds): Pick<Score, 'verdict' | 'because'> {
  const { gates, validity, coverage, uncapped } = grounds;
  const fired = gates.filter(({ status }) => status === 'fired');
  const decisive = fired.filter((gate) => validity.length === 0 || outranksInvalidity(gate));
  if (decisive.length > 0) return told('died', becauseDied(decisive, validity));
  if (validity.length > 0) return told('invalid', becauseInvalid(validity, fired));
  if (uncapped === undefined || isBelow(coverage.value, SURVIVAL.leastCoverage))
    return told('inconclusive', becauseInconclusive(coverage));
  if (isBelow(uncapped, SURVIVAL.threshold)) return told('degraded', becauseDegraded(uncapped, grounds));
  return told('survived', becauseSurvived(uncapped, grounds));
}

function told(verdict: Verdict, says: string): Pick<Score, 'verdict' | 'because'> {
  return { verdict, because: `${says.charAt(0).toUpperCase()}${says.slice(1)}.` };
}

function becauseDied([first, ...others]: readonly Gate[], validity: readonly Reason[]): string {
  const kind = first?.kind === undefined ? '' : ` (${first.kind})`;
  const also =
    others.length > 0
      ? `; ${counted(others.length, 'more gate')} fired: ${others.map(({ name }) => name).join(', ')}`
      : '';
  const but = validity.length > 0 ? `; no score, because the run is not valid otherwise (${namesOf(validity)})` : '';
  return `${first?.says}${kind}${also}${but}`;
}

function becauseInvalid([first, ...others]: readonly Reason[], fired: readonly Gate[]): string {
  const also = others.length > 0 ? `; also ${namesOf(others)}` : '';
  const yielding = fired.length > 0 ? `; ${fired.map(({ name }) => name).join(', ')} would have fired` : '';
  return `this run proves nothing: ${first?.says}${also}${yielding}`;
}

function becauseInconclusive({ value, says }: Coverage): string {
  const why = says.length > 0 ? `: ${says[0]}` : '';
  return `only ${percent(value)} of what had to be judged could be, and ${percent(SURVIVAL.leastCoverage)} is needed${why}`;
}

function becauseDegraded(uncapped: number, { components }: Grounds): string {
  const known = components.flatMap(({ name, value, says }) => (value === undefined ? [] : [{ name, value, says }]));
  const weakest = known.toSorted((a, b) => a.value - b.value)[0];
  return `no gate fired, but S is ${points(uncapped)}, below ${SURVIVAL.threshold}; weakest in ${weakest?.name}: ${weakest?.says}`;
}

function becauseSurvived(uncapped: number, { components, recoveredAfter }: Grounds): string {
  const absorbed = components.find(({ name }) => name === 'absorb')?.value;
  const kept = absorbed === undefined ? [] : [`it kept ${percent(absorbed)} of its quality through the storm`];
  const back = recoveredAfter === undefined ? [] : [`was itself again ${soon(recoveredAfter)}`];
  return `${[...kept, ...back].join(' and ')}; S is ${points(uncapped)}, and ${SURVIVAL.threshold} is needed`;
}

function soon(recoveredAfter: number): string {
  return recoveredAfter === 0 ? 'as soon as that was over' : `${seconds(recoveredAfter)} after it`;
}

function namesOf(reasons: readonly Reason[]): string {
  return [...new Set(reasons.map(({ name }) => name))].join(', ');
}
