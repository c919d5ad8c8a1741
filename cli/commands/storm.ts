import type { Profile } from '../../core/profile.ts';
import type { Command } from './command.ts';
import { stormOptions } from './storm-options.ts';

/** The command of a profile. */
export function stormCommand(profile: Profile): Command {
  const { name, title, incident } = profile;
  return {
    name,
    describe: `${title} (${incident.date})`,
    recovers: true,
    options: stormOptions,
    examples: [
      [`$0 ${name} --demo`, 'see how it works; needs no target'],
      [`$0 ${name} --target reference:2020`, 'storm the weak reference target'],
      [`$0 ${name} --target staging`, 'storm a target of your stormtest.config.yaml'],
    ],
    run: async (...given) => (await import('../storm/run.ts')).runStorm(profile, ...given),
  };
}
