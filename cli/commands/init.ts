import { CONFIG_FILE } from '../config-file.ts';
import type { Command } from './command.ts';

export const init: Command = {
  name: 'init',
  describe: `Look at your system and write a commented ${CONFIG_FILE} for it`,
  options: {
    target: { string: true, desc: 'Its URL; it is asked a few questions to find out what it is' },
    config: { string: true, desc: `File to write (${CONFIG_FILE})` },
    'i-own-this-target': { string: true, desc: 'Host on another machine that may be asked' },
  },
  run: async (...given) => (await import('../work/init.ts')).init(...given),
};
