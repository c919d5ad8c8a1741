import type { Command } from './command.ts';

export const cleanup: Command = {
  name: 'cleanup',
  describe: 'Put back what runs have left in a target that were killed',
  options: { json: { boolean: true, desc: 'Print what was found as JSON' } },
  run: async (...given) => (await import('../work/cleanup.ts')).cleanUpNow(...given),
};
