import { SURVIVAL } from '../constants.ts';
import { type Duration, milliseconds } from '../duration.ts';
import type { Fault } from '../fault.ts';
import {
  isProbed,
  type Pace,
  type Phase,
  type Plan,
  type PlannedHabits,
  type PlannedScenario,
  type ProbePlan,
  phaseOf,
  type ScoredClass,
  type Windows,
} from '../plan.ts';
import type { ClassTerms, OperationClass, Profile } from '../profile.ts';

/** Quick pace divides phase lengths by this. */
const QUICK = 6;
const WARM_UP: Readonly<Record<Pace, number>> = { natural: 10_000, quick: 3_000 };

/** The length of something at a pace, in milliseconds. */
export function paced(duration: Duration, pace: Pace): number {
  return milliseconds(duration) / (pace === 'quick' ? QUICK : 1);
}

/** Lays warm-up, baseline, storm and recovery back to back. */
export function phasesOf(profile: Profile, pace: Pace, windows: Windows): Phase[] {
  const lengths = {
    'warm-up': WARM_UP[pace],
    baseline: Math.max(paced(profile.phases.baseline, pace), SURVIVAL.windows[pace].baseline),
    storm: paced(profile.phases.storm, pace),
    recovery: Math.max(paced(profile.phases.recovery, pace), SURVIVAL.leastRecovery[pace], 2 * windows.rto),
  } as const;
  let at = 0;
  return Object.entries(lengths).map(([name, length]) => {
    const phase = { name: name as Phase['name'], from: at, to: at + length };
    at += length;
    return phase;
  });
}

/** The classes that count, with their weights and deadlines. */
export function scoredClasses({ classes }: Profile): ScoredClass[] {
  const terms = Object.entries(classes) as [OperationClass, ClassTerms][];
  return terms.map(([name, { deadline, weight = 0 }]) => ({ name, weight, deadline: milliseconds(deadline) }));
}

/** The windows of survival/1 for a pace and these deadlines. */
export function scoringWindows(profile: Profile, pace: Pace, habits: PlannedHabits): Windows {
  const { stretch, mean, objective, rto, floor } = SURVIVAL.windows[pace];
  const deadline = longestDeadline(scoredClasses(profile));
  const least = pace === 'quick' ? deadline + habits.longestRetryDelay : 0;
  return { stretch, mean, objective, rto: Math.max(rto, least), floor };
}

/** How a target that does not recover is to be probed. */
export function probePlan(
  classes: readonly ScoredClass[],
  habits: PlannedHabits,
  windows: Windows,
  scenarios: readonly PlannedScenario[],
): ProbePlan {
  const deadline = longestDeadline(classes);
  // Where there is nothing but meetings, there is no load to cut.
  const cuttable = scenarios.some((scenario) => scenario.role === 'base' && isProbed(scenario));
  return {
    levels: cuttable ? SURVIVAL.probeLevels : [],
    hold: deadline + habits.longestRetryDelay,
    observe: windows.stretch + windows.mean,
  };
}

/** The faults of a profile: those it always has, and the optional ones that are asked for. */
export function faultsOf({ faults }: Profile, wanted: readonly string[]): readonly Fault[] {
  return faults.filter((fault) => fault.with === undefined || wanted.includes(fault.with));
}

/** Puts faults on the run's clock. */
export function plannedFaults(faults: readonly Fault[], pace: Pace, phases: readonly Phase[]): Plan['faults'] {
  const { from } = phaseOf({ phases }, 'storm');
  return faults.map((fault) => {
    const start = from + paced(fault.after, pace);
    return { fault, from: start, to: start + paced(fault.lasting, pace) };
  });
}

function longestDeadline(classes: readonly ScoredClass[]): number {
  return Math.max(...classes.filter(({ weight }) => weight > 0).map(({ deadline }) => deadline));
}
