import type { Command } from './command.ts';

export const explain: Command = {
  name: 'explain',
  arguments: '<profile>',
  describe: 'Tell what happened, what is replayed of it and how it is judged',
  run: async (...given) => (await import('../work/explain.ts')).explain(...given),
};
