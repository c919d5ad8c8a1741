import { EXIT } from '../../core/exit.ts';
import { profiles } from '../../profiles/index.ts';
import type { Command } from './command.ts';

export const list: Command = {
  name: 'list',
  describe: 'Name the incidents that can be replayed',
  options: { json: { boolean: true, desc: 'Print an array of name, title and date' } },
  async run(options, { console }) {
    const rows = profiles.map(({ name, title, incident }) => ({ name, title, date: incident.date }));
    const json = options.flag('json');
    options.check();
    if (json) {
      console.print(JSON.stringify(rows, undefined, 2));
      return EXIT.survived;
    }
    const width = Math.max(...rows.map(({ name }) => name.length));
    for (const { name, title, date } of rows) console.print(`${name.padEnd(width)}  ${date.padEnd(10)}  ${title}`);
    return EXIT.survived;
  },
};
