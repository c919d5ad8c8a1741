import { cpus, release, totalmem } from 'node:os';
import type { MachineFacts } from '../core/event.ts';
import type { Cores } from './cores.ts';
import { readProject } from './project.ts';

/** The machine a benchmark ran on, and who took part. */
export interface Machine extends MachineFacts {
  readonly kernel: string;
  /** Undefined when nothing could be put on a core of its own. */
  readonly pinned: Cores | undefined;
}

/** Describes this machine. */
export function machineOf(pinned: Cores | undefined): Machine {
  const [first] = cpus();
  return {
    stormtest: readProject().version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    kernel: release(),
    pinned,
  };
}
