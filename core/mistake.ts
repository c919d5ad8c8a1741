import { EXIT, type ExitCode } from './exit.ts';

/** One thing the user got wrong: where it stands, what is wrong there, and what to do about it. */
export interface Mistake {
  /** A path or an option: `targets.staging.operations.login[0].expect`, `--scale`. */
  readonly where: string;
  readonly what: string;
  readonly mend?: string;
}

/** The user's mistakes, all of them at once; anything else that is thrown is a bug of ours. */
export class Mistakes extends Error {
  override readonly name = 'Mistakes';
  readonly list: readonly Mistake[];
  readonly exitCode: ExitCode;

  constructor(list: readonly Mistake[], exitCode: ExitCode = EXIT.usage) {
    super(list.map(sentence).join('\n'));
    this.list = list;
    this.exitCode = exitCode;
  }

  /** The common case of a single mistake. */
  static of(where: string, what: string, mend?: string, exitCode: ExitCode = EXIT.usage): Mistakes {
    return new Mistakes([{ where, what, ...(mend !== undefined && { mend }) }], exitCode);
  }
}

/** Writes a mistake as one line: `--scale: must be above 0, not -3 (leave it out for the profile's own size)`. */
export function sentence({ where, what, mend }: Mistake): string {
  return `${where}: ${what}${mend ? ` (${mend})` : ''}`;
}
