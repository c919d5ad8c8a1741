import type { ExitCode } from '../../core/exit.ts';
import { EXIT } from '../../core/exit.ts';
import { plan } from '../../core/planning/plan.ts';
import { explanation } from '../../reports/explanation.ts';
import type { Surroundings } from '../commands/command.ts';
import type { OptionReader } from '../options.ts';
import { profileNamed } from './profile-named.ts';

/** Tells the story of a profile. */
export async function explain(options: OptionReader, { console }: Surroundings): Promise<ExitCode> {
  const named = () => profileNamed(options.words[0]);
  options.attempt(named);
  options.check();
  console.print(explanation(plan(named()), console.width));
  return EXIT.survived;
}
