import { EXIT, type ExitCode } from '../../core/exit.ts';
import { plan } from '../../core/planning/plan.ts';
import { planText } from '../../reports/plan-text.ts';
import type { Surroundings } from '../commands/command.ts';
import type { OptionReader } from '../options.ts';
import { checkCaps } from '../safety.ts';
import { readSize } from '../storm/read.ts';
import { profileNamed } from './profile-named.ts';

/** Prints what a storm would do; nothing is started or reached. */
export async function planOnly(options: OptionReader, { console, env }: Surroundings): Promise<ExitCode> {
  const [json, [name]] = [options.flag('json'), options.words];
  const { planned, permission } = readSize(
    options.attempt(() => profileNamed(name)),
    options,
    env,
  );
  options.check();
  const made = plan(profileNamed(name), planned);
  checkCaps(made, permission);
  console.print(json ? JSON.stringify(made, undefined, 2) : planText(made, console.width));
  return EXIT.survived;
}
