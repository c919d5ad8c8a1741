import type { PhaseName } from '../../core/plan.ts';
import type { Recording } from '../../core/recording.ts';
import { mean, most } from '../mean.ts';
import { healthBySecond, latenessP99 } from '../series/health.ts';
import { phaseOfSecond, timelineOf } from '../timeline.ts';
import type { JsonGenerator } from './report.ts';

/** How the generator itself was, phase by phase. */
export function generatorOf(recording: Recording): JsonGenerator[] {
  const timeline = timelineOf(recording);
  const phases = [...new Set(timeline.map(({ name }) => name))];
  return phases.flatMap((phase) => {
    const health = recording.health.filter(({ second }) => phaseOfSecond(timeline, second) === phase);
    return health.length > 0
      ? [{ ...summary(phase, healthBySecond(health)), latenessP99Ms: latenessP99(health) ?? null }]
      : [];
  });
}

function summary(phase: PhaseName, seconds: ReturnType<typeof healthBySecond>): Omit<JsonGenerator, 'latenessP99Ms'> {
  const each = (pick: (second: (typeof seconds)[number]) => number | undefined) =>
    seconds.flatMap((second) => pick(second) ?? []);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    phase,
    due: sum(each(({ due }) => due)),
    started: sum(each(({ started }) => started)),
    dropped: sum(each(({ dropped }) => dropped)),
    lagMostMs: most(each(({ lag }) => lag)) ?? 0,
    inFlightMost: most(each(({ inFlight }) => inFlight)) ?? 0,
    socketsMost: most(each(({ sockets }) => sockets)) ?? 0,
    cpuSecondsPerSecond: mean(each(({ cpu }) => cpu)) ?? null,
    memoryMostBytes: most(each(({ memory }) => memory)) ?? null,
    machineBusyMean: mean(each(({ machine }) => machine?.busy)) ?? null,
    machineStolenMean: mean(each(({ machine }) => machine?.stolen)) ?? null,
    machineOthersMean: mean(each(({ machine }) => machine?.others)) ?? null,
  };
}
