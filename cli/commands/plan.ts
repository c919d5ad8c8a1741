import type { Command } from './command.ts';
import { sizeOptions } from './storm-options.ts';

export const plan: Command = {
  name: 'plan',
  arguments: '<profile>',
  describe: 'Say what a storm would do, without doing it',
  options: { ...sizeOptions, json: { boolean: true, desc: 'Print the plan as JSON' } },
  run: async (...given) => (await import('../work/plan.ts')).planOnly(...given),
};
