import type { Circumstances, Running } from './command-line.ts';
import { startCommand } from './command-line.ts';

/** What `stormtest target --json` says of itself. */
export interface TargetFacts {
  readonly variant: string;
  readonly url: string;
  readonly metrics: string;
  readonly capacity: { readonly login: number };
  readonly processes: readonly { readonly name: string; readonly pid: number }[];
  readonly seed: number;
  readonly account: { readonly email: string; readonly password: string };
}

/** A reference target that `stormtest target` keeps. */
export interface KeptTarget {
  readonly command: Running;
  readonly facts: TargetFacts;
}

/** Starts a variant by the command line and waits until it is ready. */
export async function keptTarget(variant: string, circumstances: Circumstances): Promise<KeptTarget> {
  const command = await begun(() => startCommand(['target', variant, '--json'], circumstances), /^\{.*\}\n/);
  return { command, facts: JSON.parse(command.said.stdout) };
}

const TRIES = 4;

/**
 * Starts a command that starts a reference target, and waits for what it says then. The target refuses to start while
 * others use the machine, since its known answers would not hold; it is tried again then.
 */
export async function begun(start: () => Running, says: RegExp): Promise<Running> {
  for (let tries = 1; ; tries += 1) {
    const running = start();
    try {
      await running.until(says, 120_000);
      return running;
    } catch (thrown) {
      if (tries === TRIES || !/too busy or too changeable/.test(running.said.stderr)) throw thrown;
    }
  }
}
