import type { Options } from 'yargs';
import type { ExitCode } from '../../core/exit.ts';
import type { Console } from '../console.ts';
import type { RawOptions } from '../options.ts';

/** One command of the command line, as data. */
export interface Command {
  readonly name: string;
  /** What follows the name in the usage: `<recording>`, `[profile]`. */
  readonly arguments?: string;
  readonly describe: string;
  readonly options?: Readonly<Record<string, Options>>;
  readonly examples?: readonly (readonly [command: string, says: string])[];
  /** Does the work; throws Mistakes for what the user got wrong. */
  readonly run: (raw: RawOptions, surroundings: Surroundings) => Promise<ExitCode>;
}

/** What a command may use of the process it runs in. */
export interface Surroundings {
  readonly console: Console;
  readonly env: NodeJS.ProcessEnv;
}

/** The words after the command's name. */
export function wordsOf(raw: RawOptions): readonly string[] {
  const words = raw._;
  return Array.isArray(words) ? words.map(String).slice(1) : [];
}
