import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Failed } from '../ordered.ts';
import { unready } from '../unready.ts';
import { type Child, hasEnded, startChild, step } from './child.ts';

/** One of the target's own programs, and what it is ordered to be. */
export interface Program {
  /** Its folder. */
  readonly part: 'gateway' | 'media' | 'edge';
  /** What its lines are told under, and what it is called where it does not start. */
  readonly name: string;
  readonly spoken: string;
  /** For Node. */
  readonly flags?: readonly string[];
  readonly dataMegabytes?: number;
  readonly order: object;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** Starts a program and gives what it answered to its order; throws Mistakes when it cannot be started, or what the signal was aborted with. */
export async function startProgram<Report extends { readonly kind: 'ready' } | Failed>(
  program: Program,
): Promise<{ readonly child: Child; readonly ready: Exclude<Report, Failed> }> {
  const { part, name, spoken, flags = [], dataMegabytes, order, signal, log } = program;
  const command = [process.execPath, ...flags, pathOf(part)];
  const child = await startChild({ name, command, leash: 'ipc', log, ...(dataMegabytes && { dataMegabytes }) });
  try {
    const answered = once(child.process, 'message') as Promise<[Exclude<Report, Failed> | Failed]>;
    child.process.send(order);
    const [report] = await step(child, spoken, answered, signal);
    if (report.kind === 'failed') throw unready(`${spoken} cannot start: ${report.what}`);
    return { child, ready: report };
  } catch (error) {
    await stopped(child);
    throw error;
  }
}

/** It ends at once when it is told to; this is how long it may take before it is made to, in milliseconds. */
const STOPPED_WITHIN = 2_000;

/** Ends a program, and resolves when it has ended. */
export async function stopped(child: Child): Promise<void> {
  if (child.process.connected) child.process.disconnect();
  if (await hasEnded(child, STOPPED_WITHIN)) return;
  child.process.kill('SIGKILL');
  await child.ended;
}

/** Node runs the built program only; from the sources it is where the build puts it. */
function pathOf(part: Program['part']): string {
  const folder = import.meta.url.endsWith('.ts') ? '../../../dist/targets/reference' : '..';
  return fileURLToPath(new URL(`${folder}/${part}/main.js`, import.meta.url));
}
