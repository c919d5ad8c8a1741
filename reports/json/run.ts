import { peakRate } from '../../core/curve.ts';
import type { Recording } from '../../core/recording.ts';
import { endOf, timelineOf } from '../timeline.ts';
import type { JsonPhase, JsonRun } from './report.ts';

/** How the run was made, and how long it took. */
export function runOf(recording: Recording): JsonRun {
  const { plan, closed, machine, startedAt } = recording;
  return {
    startedAt,
    seconds: endOf(recording) / 1_000,
    ended: closed ? { reason: closed.reason, says: closed.says ?? null } : null,
    seed: plan.seed,
    pace: plan.pace,
    scale: plan.scale,
    phases: timelineOf(recording).map(
      ({ name, from, to, level, step }): JsonPhase => ({
        name,
        fromSeconds: from / 1_000,
        toSeconds: to / 1_000,
        baseLoad: level ?? null,
        step: step ?? null,
      }),
    ),
    scenarios: plan.scenarios.map(({ name, journey, cohort, role, model, curve }) => ({
      name,
      journey,
      cohort,
      role,
      model,
      peakRate: peakRate([curve]),
    })),
    uncovered: plan.uncovered,
    classes: plan.classes.map(({ name, weight, deadline }) => ({ name, weight, deadlineMs: deadline })),
    cohorts: plan.cohorts,
    patienceMs: plan.habits.patience,
    mostAttempts: Math.max(1, ...plan.habits.retries.map(({ attempts }) => attempts)),
    machine,
  };
}
