import { EXIT, type ExitCode } from '../core/exit.ts';
import type { Score, Verdict } from '../core/score.ts';

const CODES: Readonly<Record<Verdict, ExitCode>> = {
  survived: EXIT.survived,
  degraded: EXIT.failed,
  died: EXIT.failed,
  inconclusive: EXIT.unproven,
  invalid: EXIT.unproven,
};

/** What the process answers for a verdict. How the run itself ended (a signal, a halt) is not the score's to say. */
export function exitCodeOf({ verdict }: Pick<Score, 'verdict'>): ExitCode {
  return CODES[verdict];
}
