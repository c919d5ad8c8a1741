import { type Cohort, IMPOSTORS, type Plan } from '../core/plan.ts';
import type { OperationClass } from '../core/profile.ts';
import type { MergedBin, Recording } from '../core/recording.ts';
import { isInSpan, type Span } from './span.ts';

/** People of one class, by the second they were due. */
export interface Tally {
  readonly class: OperationClass;
  /** How much the class counts in its group; weights need not add up to 1. */
  readonly weight: number;
  readonly seconds: ReadonlyMap<number, Count>;
}

/** How many were due, and how many of them were good. */
export interface Count {
  readonly offered: number;
  readonly good: number;
}

/** People who are judged together: all primary cohorts, or one bystander cohort. */
export interface Group {
  readonly name: string;
  readonly tallies: readonly Tally[];
}

/** The bins that may be judged: a closed model leaves people out when the target is slow, so it is never scored. */
export function scoredBins({ plan, bins }: Recording): MergedBin[] {
  const open = new Set(plan.scenarios.filter(({ model }) => model === 'open').map(({ name }) => name));
  return bins.filter(({ scenario }) => open.has(scenario));
}

/** The names of the cohorts that have a role in the plan. */
export function cohortsOf({ cohorts }: Plan, ...roles: readonly Cohort['role'][]): Set<string> {
  return new Set(cohorts.filter(({ role }) => roles.includes(role)).map(({ name }) => name));
}

/** People with a wrong password are counted apart: being denied is what is good for them. */
export function isImpostor({ cohort }: Pick<MergedBin, 'cohort'>): boolean {
  return cohort === IMPOSTORS;
}

/** The people the storm is about, in the classes that have a weight. */
export function primaryGroup(recording: Recording): Group {
  const cohorts = cohortsOf(recording.plan, 'primary');
  const bins = scoredBins(recording).filter(({ cohort }) => cohorts.has(cohort));
  return { name: 'primary', tallies: talliesOf(recording.plan, bins).filter(({ weight }) => weight > 0) };
}

/** Each cohort nobody targeted, in the classes it has data for; where none of them has a weight they count alike. */
export function bystanderGroups(recording: Recording): Group[] {
  const bins = scoredBins(recording);
  return [...cohortsOf(recording.plan, 'bystander')].map((name) => {
    const tallies = talliesOf(
      recording.plan,
      bins.filter(({ cohort }) => cohort === name),
    );
    const weighted = tallies.filter(({ weight }) => weight > 0);
    return { name, tallies: weighted.length > 0 ? weighted : tallies.map((tally) => ({ ...tally, weight: 1 })) };
  });
}

function talliesOf({ classes }: Plan, bins: readonly MergedBin[]): Tally[] {
  return classes
    .map(({ name, weight }) => ({ class: name, weight, seconds: countsOf(bins.filter((bin) => bin.class === name)) }))
    .filter(({ seconds }) => seconds.size > 0);
}

/** How many of some people were due in a span, and how many of them were good. */
export function countIn(recording: Recording, span: Span, whose: (bin: MergedBin) => boolean): Count {
  const bins = scoredBins(recording).filter((bin) => isInSpan(span, bin.second) && whose(bin));
  return {
    offered: bins.reduce((sum, { offered }) => sum + offered, 0),
    good: bins.reduce((sum, { good }) => sum + good, 0),
  };
}

/** Adds bins up by second. */
export function countsOf(bins: readonly MergedBin[]): Map<number, Count> {
  const seconds = new Map<number, Count>();
  for (const { second, offered, good } of bins) {
    const known = seconds.get(second) ?? { offered: 0, good: 0 };
    seconds.set(second, { offered: known.offered + offered, good: known.good + good });
  }
  return seconds;
}
