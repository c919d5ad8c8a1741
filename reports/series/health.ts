import type { Health } from '../../core/event.ts';
import { Histogram } from '../../core/histogram.ts';
import type { MachineUse } from '../../core/machine-use.ts';

/** One second of the generator, over all its workers. */
export interface HealthSecond {
  readonly second: number;
  readonly due: number;
  readonly started: number;
  readonly dropped: number;
  /** From due to the first attempt, 99th percentile in milliseconds; undefined when nobody started. */
  readonly late: number | undefined;
  /** The longest any worker's loop was away, in milliseconds. */
  readonly lag: number;
  readonly inFlight: number;
  readonly sockets: number;
  /** CPU seconds used in this second and resident bytes of the process. */
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
  readonly machine: MachineUse | undefined;
}

/** The generator second by second, its workers put together. */
export function healthBySecond(health: readonly Health[]): HealthSecond[] {
  const seconds = new Map<number, Health[]>();
  for (const one of health) {
    const workers = seconds.get(one.second);
    if (workers) workers.push(one);
    else seconds.set(one.second, [one]);
  }
  return [...seconds].sort(([a], [b]) => a - b).map(([second, workers]) => together(second, workers));
}

/** The lateness that 99 % of everybody who started stayed below, in milliseconds; undefined when nobody did. */
export function latenessP99(health: readonly Health[]): number | undefined {
  const late = new Histogram();
  for (const one of health) late.merge(one.late);
  const value = late.quantile(0.99);
  return value === undefined ? undefined : value / 1_000;
}

function together(second: number, workers: readonly Health[]): HealthSecond {
  const sum = (pick: (one: Health) => number) => workers.reduce((total, one) => total + pick(one), 0);
  const main = <T>(pick: (one: Health) => T | undefined) => workers.map(pick).find((value) => value !== undefined);
  return {
    second,
    due: sum(({ due }) => due),
    started: sum(({ started }) => started),
    dropped: sum(({ dropped }) => dropped),
    late: latenessP99(workers),
    lag: Math.max(...workers.map(({ lag }) => lag)),
    inFlight: sum(({ inFlight }) => inFlight),
    sockets: sum(({ sockets }) => sockets),
    cpu: main(({ cpu }) => cpu),
    memory: main(({ memory }) => memory),
    machine: main(({ machine }) => machine),
  };
}
