import type { Command } from './command.ts';

export const report: Command = {
  name: 'report',
  arguments: '<recording>',
  describe: 'Write the reports of a recording again: HTML and JSON, beside it',
  options: { out: { string: true, desc: 'Folder to write them to instead' } },
  run: async (...given) => (await import('../work/report.ts')).reportAgain(...given),
};
