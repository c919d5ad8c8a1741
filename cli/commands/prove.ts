import type { Command } from './command.ts';

export const prove: Command = {
  name: 'prove',
  arguments: '[profile..]',
  describe: 'Check the known answers: every profile on its weak variant and on the hardened one',
  recovers: true,
  options: {
    repeat: { string: true, desc: 'So many times each, every time with another seed (1)' },
    without: {
      string: true,
      desc: 'Only the hardened one, with this setting (or one,other) of the weak one: must not survive; or each',
    },
    out: { string: true, desc: 'Folder for recordings and reports' },
    json: { boolean: true, desc: 'Print the results as JSON' },
  },
  run: async (...given) => (await import('../work/prove.ts')).prove(...given),
};
