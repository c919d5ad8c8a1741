import { cpus } from 'node:os';
import type { MachineUse } from '../core/machine-use.ts';
import type { Actor } from '../core/run.ts';
import { cpuOfKin } from './kin.ts';

/** Watches the generator's own process and machine once a second, so that a run can say whether it is to be believed. */
export const health: Actor = async (run) => {
  const zero = Date.now() - run.now();
  let [cpu, machine] = [process.cpuUsage(), cpuTimes()];
  let expected = run.now();
  for (let second = Math.max(0, Math.floor(run.now() / 1_000)); ; second += 1) {
    expected = (second + 1) * 1_000;
    await run.until(expected);
    const [used, times] = [process.cpuUsage(cpu), cpuTimes()];
    run.record({
      kind: 'health',
      second,
      worker: -1,
      due: 0,
      started: 0,
      dropped: 0,
      late: [],
      lag: Math.max(0, run.now() - expected),
      inFlight: 0,
      sockets: 0,
      cpu: (used.user + used.system) / 1e6,
      ...residentMemory(),
      ...(machine && times && { machine: usageBetween(machine, times) }),
      clockDrift: Date.now() - run.now() - zero,
    });
    [cpu, machine] = [process.cpuUsage(), times];
  }
};

/** The kernel tells through a file: a generator that has run out of descriptors does not know, and says nothing. */
function residentMemory(): { memory?: number } {
  try {
    return { memory: process.memoryUsage.rss() };
  } catch {
    return {};
  }
}

interface CpuTimes {
  readonly at: number;
  readonly cores: number;
  readonly idle: number;
  readonly all: number;
  /** Of this process and all it has started, in seconds; undefined where nobody tells. */
  readonly own: number | undefined;
}

/** Undefined when the kernel cannot be asked, as above. */
function cpuTimes(): CpuTimes | undefined {
  const cores = cpus();
  if (cores.length === 0) return undefined;
  const sum = (pick: (times: (typeof cores)[number]['times']) => number) =>
    cores.reduce((total, { times }) => total + pick(times), 0);
  return {
    at: performance.now(),
    cores: cores.length,
    idle: sum(({ idle }) => idle),
    all: sum(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq),
    own: cpuOfKin(process.pid),
  };
}

/**
 * Shares of the machine: what was busy, what of that other programs had, and what a hypervisor gave to others (time that no
 * counter accounts for).
 */
function usageBetween(before: CpuTimes, after: CpuTimes): MachineUse {
  const possible = Math.max(1, (after.at - before.at) * after.cores);
  const share = (ms: number) => Math.min(1, Math.max(0, ms / possible));
  const accounted = after.all - before.all;
  const busy = accounted - (after.idle - before.idle);
  const own = before.own !== undefined && after.own !== undefined ? (after.own - before.own) * 1_000 : undefined;
  return {
    busy: share(busy),
    stolen: share(possible - accounted),
    ...(own !== undefined && { others: share(busy - own) }),
  };
}
