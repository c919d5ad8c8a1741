import type { PhaseEntered } from '../core/event.ts';
import type { PhaseName } from '../core/plan.ts';
import type { Recording } from '../core/recording.ts';

/** A phase as it really was, in milliseconds on the run's clock. */
export interface Span {
  readonly name: PhaseName;
  readonly from: number;
  readonly to: number;
  /** Probe only: the share of base load, and whether it was held down or restored. */
  readonly level?: number;
  readonly step?: 'hold' | 'observe';
}

/** When a recording ends: the first full second after the last thing in it. */
export function endOf({ closed, lastAt }: Recording): number {
  return Math.max(1, Math.ceil(Math.max(lastAt, closed?.at ?? 0) / 1_000)) * 1_000;
}

/**
 * The phases a run went through, back to back. Those of the plan begin when they were planned to, because arrivals are
 * counted by when they were due; a probe's steps begin with the second in which they were entered.
 */
export function timelineOf(recording: Recording): readonly Span[] {
  const { plan, phases } = recording;
  const end = endOf(recording);
  const entered: readonly PhaseEntered[] =
    phases.length > 0 ? phases : plan.phases.map(({ name, from }) => ({ kind: 'phase', at: from, name }));
  const begun = entered
    .map(({ at, name, level, step }) => ({
      name,
      from: plan.phases.find((planned) => planned.name === name)?.from ?? Math.floor(at / 1_000) * 1_000,
      ...(level !== undefined && { level }),
      ...(step !== undefined && { step }),
    }))
    .sort((a, b) => a.from - b.from);
  return begun
    .map((span, place) => ({ ...span, to: Math.min(end, begun[place + 1]?.from ?? end) }))
    .filter(({ from, to }) => to > from);
}

/** The name of the phase a second of arrivals belongs to: the one it begins in. */
export function phaseOfSecond(timeline: readonly Span[], second: number): PhaseName | undefined {
  return timeline.findLast(({ from }) => from <= second * 1_000)?.name;
}
