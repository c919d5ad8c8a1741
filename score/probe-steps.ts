import type { Recording } from '../core/recording.ts';
import { recovered as isRecovered } from './recovered.ts';

/** One level of the probe: base load cut to a share and held there, then, unless that was hopeless, restored. */
export interface ProbeStep {
  /** The share of base load that was left. */
  readonly level: number;
  /** When it began to be held, in milliseconds. */
  readonly from: number;
  /** How long it was held, in milliseconds. */
  readonly held: number;
  /** True when the target was itself again; undefined when base load was not restored, or not observed to the end. */
  readonly recovered: boolean | undefined;
}

/** From the probe's first step to the next phase or the end of the recording, in milliseconds. */
export interface Probe {
  readonly from: number;
  readonly to: number;
  readonly steps: readonly ProbeStep[];
}

/** What was probed, in order; undefined when nothing was. */
export function probeOf(recording: Recording): Probe | undefined {
  const phases = recording.phases.toSorted((a, b) => a.at - b.at);
  const timed = phases.map((phase, index) => ({ ...phase, to: phases[index + 1]?.at ?? recording.lastAt }));
  const probing = timed.filter(({ name }) => name === 'probe');
  const [first, last] = [probing[0], probing.at(-1)];
  if (!first || !last) return undefined;
  const steps = probing.flatMap((entered, index): ProbeStep[] => {
    if (entered.step !== 'hold' || entered.level === undefined) return [];
    const next = probing[index + 1];
    const held = entered.to - entered.at;
    const recovered = next?.step === 'observe' ? helped(next, recording) : undefined;
    return [{ level: entered.level, from: entered.at, held, recovered }];
  });
  return { from: first.at, to: last.to, steps };
}

/** Whether restoring the base load went well; an observation that was cut short may say yes, but not no. */
function helped({ at, to }: { readonly at: number; readonly to: number }, recording: Recording): boolean | undefined {
  if (isRecovered(recording, at, to)) return true;
  return to - at >= recording.plan.probe.observe - ROUNDING ? false : undefined;
}

/** Moments are kept as fractions of milliseconds. */
const ROUNDING = 1;
