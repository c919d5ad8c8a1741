import { EXIT, type ExitCode } from '../../core/exit.ts';
import { plan } from '../../core/planning/plan.ts';
import { planText } from '../../reports/plan-text.ts';
import { type Surroundings, wordsOf } from '../commands/command.ts';
import type { RawOptions } from '../options.ts';
import { checkCaps } from '../safety.ts';
import { readStorm } from '../storm/read.ts';
import { profileNamed } from './profile-named.ts';

/** Prints what a storm would do; nothing is started or reached. */
export async function planOnly(raw: RawOptions, { console, env }: Surroundings): Promise<ExitCode> {
  const profile = profileNamed(wordsOf(raw)[0]);
  const { planned, permission } = readStorm(profile, raw, env);
  const made = plan(profile, planned);
  checkCaps(made, permission);
  console.print(raw.json ? JSON.stringify(made, undefined, 2) : planText(made, console.width));
  return EXIT.survived;
}
