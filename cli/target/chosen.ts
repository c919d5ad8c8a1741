import type { Death } from '../../core/event.ts';
import type { Fault } from '../../core/fault.ts';
import type { Population } from '../../core/person.ts';
import type { Capacity, Target } from '../../core/target.ts';
import type { Halt } from '../../metrics/halts/halt.ts';
import { hostsOf } from '../../targets/http/hosts.ts';
import { servicesOf } from '../../targets/http/services.ts';
import type { Calibration } from '../../targets/reference/start.ts';
import type { Proxies } from '../faults/proxies.ts';
import { checkHosts, type Permission } from '../safety.ts';
import { adapterFor, type Described, type Setting } from '../setting.ts';
import { rooted } from './rooted.ts';
import { reached } from './services.ts';
import { watchingOf } from './watching.ts';

/** A target that was chosen, was started if it is ours, and may be stormed. */
export interface ChosenTarget {
  readonly target: Target;
  readonly setting: Setting;
  readonly url: string;
  /** What has to stop a run. */
  readonly halts: readonly Halt[];
  /** From now on, deaths of processes that we started for it; others' processes die unseen but for their metrics. */
  onDeath(listener: (death: Pick<Death, 'process' | 'says'>) => void): void;
  /** What a reference target that we started was calibrated to. */
  readonly calibration: Calibration | undefined;
  /** Stops what was started; nothing for others' targets. */
  stop(): Promise<void>;
}

export interface Declared {
  readonly name: string;
  readonly described: Described;
  readonly population: Population;
  /** Overrides what the declaration says. */
  readonly capacity: Capacity | undefined;
  readonly permission: Permission;
  readonly faults: readonly Fault[];
  readonly proxies: Proxies;
  readonly toxiproxy?: string | undefined;
  /** The folder of the configuration that declares it. */
  readonly folder?: string;
}

/** Makes a declared target ready to be chosen: checks that it may be stormed, and reads what it tells of itself. */
export async function chosenFrom(declared: Declared): Promise<ChosenTarget> {
  const { name, described, population, capacity, permission, faults, proxies } = declared;
  const { declaration, probe } = described;
  const { loopbackOnly } = await checkHosts([...hostsOf(declaration), ...(probe ? hostsOf(probe) : [])], permission);
  const insecure = declaration.tls?.insecure ?? false;
  const adapter = { ...described, name };
  const mapped = rooted(servicesOf(declaration, `targets.${name}`, declared.toxiproxy), declared.folder ?? '.');
  const { services, detours, media } = await reached(mapped, faults, proxies);
  const { metrics, halts } = watchingOf(declaration, `targets.${name}`);
  const target: Target = {
    ...adapterFor(adapter),
    services,
    capacity: capacity ?? declaration.capacity ?? {},
    metrics,
  };
  const reach = {
    loopbackOnly,
    insecureTls: insecure,
    ...(Object.keys(detours).length > 0 && { detours }),
    ...(media && { media }),
  };
  return {
    target,
    setting: { adapter, population, reach },
    url: declaration.url,
    halts,
    calibration: undefined,
    onDeath: () => {},
    stop: async () => {},
  };
}
