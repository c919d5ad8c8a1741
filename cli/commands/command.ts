import type { Options } from 'yargs';
import type { ExitCode } from '../../core/exit.ts';
import type { Console } from '../console.ts';
import type { OptionReader } from '../options.ts';

/** One command of the command line, as data. */
export interface Command {
  readonly name: string;
  /** What follows the name in the usage: `<recording>`, one word, or `[profile..]`, as many as one likes. */
  readonly arguments?: `<${string}>` | `[${string}..]`;
  readonly describe: string;
  /** What earlier runs have left in a target is put back before it does anything. */
  readonly recovers?: true;
  readonly options?: Readonly<Record<string, Options>>;
  readonly examples?: readonly (readonly [command: string, says: string])[];
  /** Does the work after `options.check()`; throws Mistakes for what the user got wrong. */
  readonly run: (options: OptionReader, surroundings: Surroundings) => Promise<ExitCode>;
}

/** What a command may use of the process it runs in. */
export interface Surroundings {
  readonly console: Console;
  readonly env: NodeJS.ProcessEnv;
}
