import type { ExitCode } from '../../core/exit.ts';
import { EXIT } from '../../core/exit.ts';
import { plan } from '../../core/planning/plan.ts';
import { explanation } from '../../reports/explanation.ts';
import type { Surroundings } from '../commands/command.ts';
import { wordsOf } from '../commands/command.ts';
import type { RawOptions } from '../options.ts';
import { profileNamed } from './profile-named.ts';

/** Tells the story of a profile. */
export async function explain(raw: RawOptions, { console }: Surroundings): Promise<ExitCode> {
  const profile = profileNamed(wordsOf(raw)[0]);
  console.print(explanation(plan(profile), console.width));
  return EXIT.survived;
}
