import type { Options } from 'yargs';

/** What sizes and bounds a storm. */
export const sizeOptions: Readonly<Record<string, Options>> = {
  config: { string: true, desc: 'Configuration file (stormtest.config.yaml)' },
  pace: { string: true, desc: 'quick (minutes) or natural (the full windows of the score)' },
  scale: { string: true, desc: "Multiplies the profile's rates and counts" },
  users: { string: true, desc: 'So many people are hit by the storm' },
  'base-rate': { string: true, desc: 'Arrivals per second of the base load' },
  capacity: {
    string: true,
    desc: 'What the target is held to, per second: 120, or login=120,join=500',
  },
  with: { string: true, desc: 'An optional fault of the incident, too (stormtest explain names them)' },
  seed: { string: true, desc: 'Whole number that all random choices follow from (1)' },
  'max-rate': { string: true, desc: 'Refuse to go beyond so many arrivals per second' },
  'max-duration': { string: true, desc: 'Refuse to run longer: 10m' },
};

/** What a storm is told on the command line; the same words mean the same everywhere. */
export const stormOptions: Readonly<Record<string, Options>> = {
  target: {
    string: true,
    desc: 'What to storm: a URL, a name of the configuration, or reference:2020',
  },
  demo: { boolean: true, desc: 'Storm two targets of its own, one weak and one hardened, to see how it works' },
  ...sizeOptions,
  toxiproxy: { string: true, desc: 'A Toxiproxy that runs already, for faults on connections: its URL' },
  repeat: { string: true, desc: 'Run so many times and judge all runs together' },
  out: { string: true, desc: 'Folder for recording and reports' },
  json: { boolean: true, desc: 'Print the JSON report instead of the verdict' },
  'i-own-this-target': { string: true, desc: 'Host on another machine that is yours to storm' },
};
