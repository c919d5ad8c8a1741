import type { Command } from './command.ts';

export const score: Command = {
  name: 'score',
  arguments: '<recording>',
  describe: 'Judge a recording again, from the file alone',
  options: { json: { boolean: true, desc: 'Print the JSON report' } },
  examples: [['$0 score stormtest-results/mine/recording.jsonl', 'a file, or the folder it is in']],
  run: async (...given) => (await import('../work/score.ts')).scoreAgain(...given),
};
