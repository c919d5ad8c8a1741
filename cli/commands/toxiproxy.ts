import type { Command } from './command.ts';

export const toxiproxy: Command = {
  name: 'toxiproxy',
  describe: 'Run the embedded Toxiproxy alone, until Ctrl-C',
  recovers: true,
  options: {
    host: { string: true, desc: 'Name or address to listen on (127.0.0.1)' },
    port: { string: true, desc: 'Port of its API; 0 for a free one (8474)' },
    config: { string: true, desc: 'JSON file with the proxies to make at the start' },
    seed: {
      string: true,
      desc: 'Whole number that all random choices follow from (another each time)',
      requiresArg: true,
    },
    'allow-host': { string: true, desc: 'Also answer requests that call it by this name' },
    json: { boolean: true, desc: 'Print one line of JSON when it is ready' },
  },
  examples: [['$0 toxiproxy --config proxies.json', 'then, elsewhere: toxiproxy-cli list']],
  run: async (...given) => (await import('../work/toxiproxy.ts')).keepToxiproxy(...given),
};
