import type { Command } from './command.ts';

export const target: Command = {
  name: 'target',
  arguments: '<variant>',
  describe: 'Start a variant of the reference target and keep it until Ctrl-C',
  recovers: true,
  options: {
    port: { string: true, desc: 'Port on 127.0.0.1 (a free one)' },
    seed: { string: true, desc: 'Whose people have accounts there (1)' },
    json: { boolean: true, desc: 'Print one line of JSON when it is ready' },
  },
  examples: [
    ['$0 target hardened', 'then, elsewhere: stormtest login-storm --target URL'],
    ['$0 target hardened,loginQueue=2020', 'hardened, but for a setting that is as it was in 2020'],
  ],
  run: async (...given) => (await import('../work/target.ts')).keepTarget(...given),
};
