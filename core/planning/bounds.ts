import { arrivalsIn, peakRate } from '../curve.ts';
import {
  type Bounds,
  isProbed,
  type Phase,
  type PlannedHabits,
  type PlannedScenario,
  type ProbePlan,
  phaseOf,
} from '../plan.ts';

/** Adds up what a run can come to at most. */
export function boundsOf(
  scenarios: readonly PlannedScenario[],
  phases: readonly Phase[],
  probe: ProbePlan,
  habits: PlannedHabits,
): Bounds {
  const open = scenarios.filter(({ model }) => model === 'open');
  const end = phaseOf({ phases }, 'recovery').to;
  const probing = probe.levels.length * (probe.hold + probe.observe);
  const planned = open.flatMap(({ curve }) => curve.map(arrivalsIn)).reduce((a, b) => a + b, 0);
  const base = scenarios.filter(isProbed).reduce((sum, { curve }) => sum + (curve[0]?.startRate ?? 0), 0);
  return {
    arrivals: Math.ceil(planned + (base * probing) / 1_000),
    peakRate: peakRate(open.map(({ curve }) => curve)),
    inFlight: scenarios.reduce((sum, { maxVUs }) => sum + maxVUs, 0),
    length: end + probing + habits.horizon,
  };
}
