import type { ComponentName } from '../../core/score.ts';
import { type Measured, recoveryTime } from '../measured.ts';
import type { Traces } from '../trace.ts';
import { absorb } from './absorb.ts';
import { durable } from './durable.ts';
import { floor } from './floor.ts';
import { isolate } from './isolate.ts';
import { recover } from './recover.ts';
import type { ComponentValues } from './survival.ts';

/** The components the plan declares, of these traces: the measured ones, or a resampling of them. */
export function componentValues({ recording, phases }: Measured, traces: Traces): ComponentValues {
  const { plan, ledgers } = recording;
  const values: Readonly<Record<ComponentName, () => number | undefined>> = {
    absorb: () => absorb(traces),
    recover: () =>
      recover(traces, recoveryTime(traces.primary, recording, phases), phases.recovery.whole, plan.windows),
    isolate: () => isolate(traces),
    durable: () => durable(ledgers),
    floor: () => floor(traces, plan.windows),
  };
  return plan.components.map((name) => [name, values[name]()]);
}
