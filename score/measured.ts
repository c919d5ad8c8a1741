import type { Recording } from '../core/recording.ts';
import type { Entitlement } from '../core/score.ts';
import { entitlementsOf } from './entitlement.ts';
import { type JudgedPhases, judgedPhases } from './phases.ts';
import { goodStretch } from './stretch.ts';
import { stripsOf } from './strip.ts';
import { bystanderGroups, type Group, primaryGroup } from './tally.ts';
import { type PhaseStrips, type Trace, type Traces, traceOf } from './trace.ts';

/** What every part of the judgement rests on, worked out once. */
export interface Measured {
  readonly recording: Recording;
  readonly phases: JudgedPhases;
  readonly entitlements: readonly Entitlement[];
  readonly groups: { readonly primary: Group; readonly bystanders: readonly Group[] };
  readonly strips: Strips;
  readonly traces: Traces;
  /** From the storm's end to the first good stretch, in milliseconds; undefined when there was none. */
  readonly recoveredAfter: number | undefined;
}

/** The counts the traces are made of. */
export interface Strips {
  readonly primary: PhaseStrips;
  readonly bystanders: readonly (PhaseStrips & { readonly name: string })[];
}

/** Works out of a recording what the rest of the judgement rests on. */
export function measure(recording: Recording): Measured {
  const phases = judgedPhases(recording);
  const entitlements = entitlementsOf(recording);
  const groups = { primary: primaryGroup(recording), bystanders: bystanderGroups(recording) };
  const cut = (group: Group): PhaseStrips => ({
    baseline: stripsOf(group, entitlements, phases.baseline),
    storm: stripsOf(group, entitlements, phases.storm),
    recovery: stripsOf(group, entitlements, phases.recovery),
  });
  const strips: Strips = {
    primary: cut(groups.primary),
    bystanders: groups.bystanders.map((group) => ({ name: group.name, ...cut(group) })),
  };
  const traces = tracesOf(strips);
  const recoveredAfter = recoveryTime(traces.primary, recording, phases);
  return { recording, phases, entitlements, groups, strips, traces, recoveredAfter };
}

/** The traces that these counts make: the measured ones, or a resampling of them. */
export function tracesOf({ primary, bystanders }: Strips): Traces {
  return {
    primary: traceOf(primary),
    bystanders: bystanders.map((strips) => ({ name: strips.name, ...traceOf(strips) })),
  };
}

/** T_r in milliseconds, counted from the end of the storm, when faults and surplus are gone. */
export function recoveryTime(primary: Trace, { plan }: Recording, { recovery }: JudgedPhases): number | undefined {
  const start = goodStretch(primary.recovery, plan.windows);
  if (start === undefined) return undefined;
  const storm = plan.phases.find(({ name }) => name === 'storm');
  return (recovery.from + start) * 1_000 - (storm?.to ?? 0);
}
