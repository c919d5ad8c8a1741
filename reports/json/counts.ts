import type { PhaseName } from '../../core/plan.ts';
import type { MergedBin, Recording } from '../../core/recording.ts';
import { hdrEncoding } from '../hdr.ts';
import { percentileOf } from '../percentile.ts';
import { type Tally, tallyOf } from '../tally.ts';
import { phaseOfSecond, timelineOf } from '../timeline.ts';
import type { JsonCounts, JsonLatency } from './report.ts';

const PHASES: readonly PhaseName[] = ['warm-up', 'baseline', 'storm', 'recovery', 'probe', 'verification'];

/** What became of everybody, by phase, class and cohort, in this order. */
export function countsOf(recording: Recording): JsonCounts[] {
  const timeline = timelineOf(recording);
  const groups = new Map<string, MergedBin[]>();
  for (const bin of recording.bins) {
    const name = keyOf(phaseOfSecond(timeline, bin.second), bin.class, bin.cohort);
    const group = groups.get(name);
    if (group) group.push(bin);
    else groups.set(name, [bin]);
  }
  const { classes, cohorts } = recording.plan;
  return PHASES.flatMap((phase) =>
    classes.flatMap(({ name, deadline }) =>
      cohorts.flatMap(({ name: cohort, role }): JsonCounts[] => {
        const bins = groups.get(keyOf(phase, name, cohort));
        return bins ? [{ phase, class: name, cohort, role, ...countsOfTally(tallyOf(bins), deadline) }] : [];
      }),
    ),
  );
}

function keyOf(phase: PhaseName | undefined, name: string, cohort: string): string {
  return JSON.stringify([phase, name, cohort]);
}

function countsOfTally(tally: Tally, deadline: number): Omit<JsonCounts, 'phase' | 'class' | 'cohort' | 'role'> {
  const { offered, good, shed, failed, kinds, dropped, pending, first, eventual, attempts } = tally;
  return {
    offered,
    good,
    shed,
    failed,
    failedBy: kinds,
    dropped,
    pending,
    firstAttempt: first,
    eventual,
    attempts,
    attemptsPerArrival: offered > dropped ? attempts / (offered - dropped) : null,
    latency: latencyOf(tally, deadline),
  };
}

function latencyOf(tally: Tally, deadline: number): JsonLatency {
  const at = (share: number) => percentileOf(tally, share, deadline) ?? null;
  return {
    started: tally.offered - tally.dropped,
    succeeded: tally.latency.total,
    p50: at(0.5),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    hdr: hdrEncoding(tally.latency),
  };
}
