import type { Command } from './command.ts';

export const calibrate: Command = {
  name: 'calibrate',
  describe: 'Find out how much your system carries, and write it into the configuration as its capacity',
  recovers: true,
  options: {
    target: { string: true, desc: 'What to try: a name of the configuration, a URL, or reference:hardened' },
    config: { string: true, desc: 'Configuration file (stormtest.config.yaml)' },
    class: { string: true, desc: 'What of: login (the default), create, join, search or ticket, each per second' },
    share: { string: true, desc: 'The share that has to be good (0.99)' },
    deadline: { string: true, desc: 'Within this time (1s)' },
    step: { string: true, desc: 'How long each step is at least (8s)' },
    from: { string: true, desc: 'Arrivals per second of the first step (10)' },
    'max-rate': { string: true, desc: 'Arrivals per second at most (1000)' },
    'max-duration': { string: true, desc: 'Refuse to try longer: 10m' },
    seed: { string: true, desc: 'Whole number that all random choices follow from (1)' },
    'dry-run': { boolean: true, desc: 'Write nothing into the configuration' },
    json: { boolean: true, desc: 'Print the steps as JSON' },
    'i-own-this-target': { string: true, desc: 'Host on another machine that is yours to try' },
  },
  run: async (...given) => (await import('../work/calibrate.ts')).calibrate(...given),
};
