import { EXIT } from '../../core/exit.ts';
import { Mistakes } from '../../core/mistake.ts';

/** The error of a reference target that cannot be started, with what to do about it where that is known. */
export function unready(what: string, mend?: string): Mistakes {
  return Mistakes.of('reference target', what, mend, EXIT.notReady);
}
