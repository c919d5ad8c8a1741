import { CannotInject, type Injector } from '../injector.ts';
import { allowanceOf } from './process/allowance.ts';
import { preparedKill } from './process/kill.ts';
import { preparedPause } from './process/pause.ts';
import { preparedQuota } from './process/quota.ts';
import { preparedThrottle } from './process/throttle.ts';

/** Faults in a process of this machine: it is killed, stopped, or gets less of the processor. */
export const processInjector: Injector<'process'> = {
  by: 'process',
  can: ({ kind }) => kind === 'kill' || kind === 'pause' || kind === 'throttle',
  async prepare({ does, means, lasting }) {
    if (does.kind === 'kill') return preparedKill(means);
    if (does.kind === 'pause') return preparedPause(means, lasting);
    if (does.kind !== 'throttle') throw new CannotInject(`a process cannot have ${does.kind}`);
    if (does.steps.length === 0 || does.steps.some((share) => !(share > 0))) {
      throw new CannotInject('each share has to be above 0: what stops a process is a pause');
    }
    const allowance = allowanceOf(does, lasting);
    return means.cgroup === undefined
      ? preparedThrottle(means, allowance)
      : preparedQuota(means, means.cgroup, allowance);
  },
};
