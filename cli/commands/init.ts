import { CONFIG_FILE } from '../config-file.ts';
import type { Command } from './command.ts';

export const init: Command = {
  name: 'init',
  describe: `Write a commented ${CONFIG_FILE} to describe your system in`,
  options: {
    target: { string: true, desc: 'Its URL' },
    config: { string: true, desc: `File to write (${CONFIG_FILE})` },
  },
  run: async (...given) => (await import('../work/init.ts')).init(...given),
};
