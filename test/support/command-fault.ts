import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Injectors } from '../../chaos/injector.ts';
import { commandInjector } from '../../chaos/injectors/command.ts';
import type { Fault } from '../../core/fault.ts';
import type { CommandMeans } from '../../core/means.ts';
import type { PlannedFault } from '../../core/plan.ts';

/** Commands whose fault is a file that is there. */
export function fileMeans(at: string, changes: Partial<CommandMeans> = {}): CommandMeans & { readonly part?: string } {
  const file = join(at, 'broken');
  return {
    by: 'command',
    can: ['refusal'],
    inject: `touch ${file}`,
    lift: `rm -f ${file}`,
    prove: `test -e ${file}`,
    ...changes,
  };
}

/** Whether the fault of these commands is there. */
export function isBroken(at: string): boolean {
  return existsSync(join(at, 'broken'));
}

/** A fault for them, in place from one moment of the run to another, in milliseconds. */
export function refusalAt(from: number, to: number, changes: Partial<Fault> = {}): PlannedFault {
  const fault = { service: 'database', after: '0s', lasting: '1s', does: { kind: 'refusal' }, ...changes } as const;
  return { fault, from, to };
}

export const COMMANDS: Injectors = { command: commandInjector };
