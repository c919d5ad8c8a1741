import { CONFIG_FILE } from '../config-file.ts';
import type { Command } from './command.ts';

export const explain: Command = {
  name: 'explain',
  arguments: '<profile>',
  describe: 'Tell what happened, what is replayed of it and how it is judged',
  options: {
    target: { string: true, desc: 'Say also what of it a target of the configuration covers' },
    config: { string: true, desc: `Configuration file (${CONFIG_FILE})` },
  },
  run: async (...given) => (await import('../work/explain.ts')).explain(...given),
};
