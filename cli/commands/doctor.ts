import type { Command } from './command.ts';

export const doctor: Command = {
  name: 'doctor',
  describe: 'Check whether this machine can generate load that is to be believed',
  recovers: true,
  options: { json: { boolean: true, desc: 'Print the findings as JSON' } },
  run: async (...given) => (await import('../work/doctor.ts')).examine(...given),
};
