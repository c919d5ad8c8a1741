import type { ExitCode } from '../../core/exit.ts';
import { EXIT } from '../../core/exit.ts';
import type { Services } from '../../core/means.ts';
import { plan } from '../../core/planning/plan.ts';
import { OPERATIONS } from '../../core/target.ts';
import { coverageText, type Offer } from '../../reports/coverage-text.ts';
import { explanation } from '../../reports/explanation.ts';
import { servicesOf } from '../../targets/http/services.ts';
import type { Surroundings } from '../commands/command.ts';
import { readConfig } from '../config.ts';
import type { OptionReader } from '../options.ts';
import { adapterFor } from '../setting.ts';
import { wantedTarget } from '../target/wanted.ts';
import { kubectlText } from './kubectl-text.ts';
import { profileNamed } from './profile-named.ts';

/** Tells the story of a profile, and what of it a target covers when one is named. */
export async function explain(options: OptionReader, { console, env }: Surroundings): Promise<ExitCode> {
  const named = () => profileNamed(options.words[0]);
  const [target, file] = [options.text('target'), options.text('config')];
  options.attempt(named);
  const offer = target === undefined ? undefined : options.attempt(() => offerOf(target, file, env));
  options.check();
  console.print(explanation(plan(named()), console.width));
  if (offer) console.print(`\n${coverageText(named(), offer)}`);
  const commands = offer && kubectlText(named().faults, offer.services);
  if (commands) console.print(`\n${commands}`);
  return EXIT.survived;
}

/** What a target can do, without asking it anything. */
function offerOf(
  target: string,
  file: string | undefined,
  env: NodeJS.ProcessEnv,
): Offer & { readonly services: Services } {
  const wanted = wantedTarget(target, readConfig(file, env));
  // What is known by its address alone is a reference target, which can do everything.
  if (wanted.kind !== 'declared') return { name: target, operations: OPERATIONS, services: {} };
  const { operations } = adapterFor({ ...wanted.described, name: wanted.name });
  const services = servicesOf(wanted.described.declaration, `targets.${wanted.name}`);
  return { name: wanted.name, operations, services };
}
