import { phaseOf } from '../../core/plan.ts';
import type { Recording } from '../../core/recording.ts';
import type { Countermeasure } from '../../core/score.ts';
import { type Span, spanTouching, spanWithin } from '../span.ts';
import { number, percent } from '../spoken.ts';
import { cohortsOf, scoredBins } from '../tally.ts';

/** Where so many are served nothing had to be shed. */
const SERVED = 0.99;
/** Of everybody who was not served, so many have to hear it: the others waited for nothing. */
const TOLD = 0.8;
/** Of what was served per second before the surge, so much has to be served in it: else it degrades, and not gracefully. */
const KEPT = 0.9;

/**
 * Whether those who could not be served were told so, while as many were served as before the surge: what people got, as
 * they saw it.
 */
export function loadShedding(recording: Recording): Omit<Countermeasure, 'name'> {
  const { plan } = recording;
  const [baseline, storm] = [phaseOf(plan, 'baseline'), phaseOf(plan, 'storm')];
  const before = fatesIn(recording, spanWithin(baseline.from, baseline.to));
  const during = fatesIn(recording, spanTouching(storm.from, storm.to));
  if (before.good === 0 || during.offered === 0)
    return told('could not tell', 'nobody was served before the surge, or nobody came in it');
  if (during.good >= SERVED * during.offered)
    return told('could not tell', 'almost everybody was served: there was nothing to shed');
  const heard = during.shed / Math.max(1, during.missed);
  const kept = during.good / before.good;
  const says = `of everybody who was not served in the storm ${percent(heard)} were turned away clearly, and ${number(during.good, 1)} a second were served, ${number(before.good, 1)} in the baseline`;
  return told(
    heard >= TOLD && kept >= KEPT ? 'seen' : 'not seen',
    `${says}; ${percent(TOLD)} and ${number(KEPT * before.good, 1)} would show it`,
  );
}

interface Fates {
  readonly offered: number;
  readonly good: number;
  readonly shed: number;
  readonly missed: number;
}

/** How people of the primary cohorts ended, per second. */
function fatesIn(recording: Recording, span: Span): Fates {
  const cohorts = cohortsOf(recording.plan, 'primary');
  const bins = scoredBins(recording).filter(
    ({ cohort, second }) => cohorts.has(cohort) && second >= span.from && second < span.to,
  );
  const each = (pick: (bin: (typeof bins)[number]) => number) =>
    bins.reduce((sum, bin) => sum + pick(bin), 0) / Math.max(1, span.to - span.from);
  const [offered, good, shed] = [each((bin) => bin.offered), each((bin) => bin.good), each((bin) => bin.shed)];
  return { offered, good, shed, missed: offered - good };
}

function told(status: Countermeasure['status'], says: string): Omit<Countermeasure, 'name'> {
  return { status, says, from: 'client' };
}
