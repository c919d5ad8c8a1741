import { EXIT, type ExitCode } from '../core/exit.ts';
import { Mistakes, sentence } from '../core/mistake.ts';
import { JourneyBroke } from '../generators/crew.ts';
import type { Console } from './console.ts';
import { Interrupted } from './interruption.ts';

/** Tells the user what went wrong: their mistakes as sentences, our bugs with a stack. */
export function tellBroken(thrown: unknown, { tell }: Pick<Console, 'tell'>): void {
  if (thrown instanceof Mistakes) for (const mistake of thrown.list) tell(`stormtest: ${sentence(mistake)}`);
  else if (thrown instanceof Interrupted) tell(`stormtest: ${thrown.message}`);
  else if (thrown instanceof JourneyBroke)
    tell(`stormtest: a journey or an adapter broke: ${(thrown.cause as Error)?.stack ?? thrown.message}`);
  else tell(`stormtest: a bug of ours: ${(thrown as Error)?.stack ?? String(thrown)}`);
}

/** What the process answers when something went wrong. */
export function brokenCode(thrown: unknown): ExitCode {
  if (thrown instanceof Mistakes) return thrown.exitCode;
  if (thrown instanceof Interrupted) return EXIT.interrupted;
  return thrown instanceof JourneyBroke ? EXIT.exception : EXIT.broken;
}
