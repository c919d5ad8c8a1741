import { resolve } from 'node:path';
import { CannotInject, type Injector, type Look, type Prepared, type Task } from '../injector.ts';
import { COMMAND_LIMIT, finds, ran } from '../shell.ts';

/**
 * Faults by commands of the target's owner. They are told of the fault by STORMTEST_FAULT (what it does, as JSON),
 * STORMTEST_KIND (what kind it is) and STORMTEST_NAME (a name that no other fault has).
 */
export const commandInjector: Injector<'command'> = {
  by: 'command',
  can: ({ kind }, { can }) => can.includes(kind),
  async prepare({ name, does, means }: Task<'command'>): Promise<Prepared> {
    const folder = resolve(means.folder ?? '.');
    const environment = { STORMTEST_NAME: name, STORMTEST_KIND: does.kind, STORMTEST_FAULT: JSON.stringify(does) };
    const look = (): Promise<Look> => finds(means.prove, { folder, environment });
    const first = await look();
    if (first.inPlace === undefined) throw new CannotInject(`\`${means.prove}\` ${first.says}`);
    if (first.inPlace === true) throw new CannotInject(`\`${means.prove}\` says that it is in place already`);
    return {
      undo: { kind: 'command', command: means.lift, prove: means.prove, folder, environment },
      async inject() {
        const { code, says } = await ran(means.inject, { limit: COMMAND_LIMIT, folder, environment });
        if (code !== 0) throw new Error(`\`${means.inject}\` ${says}`);
      },
      look,
      bites: (_, during) => shown(means.prove, during, true),
      gone: (_, after) => shown(means.prove, after.slice(-1), false),
      close: async () => undefined,
    };
  },
};

function shown(command: string, looks: readonly Look[], inPlace: boolean) {
  const as = looks.filter((look) => look.inPlace === inPlace).length;
  const says = `\`${command}\` said in ${as} of ${looks.length} looks that it is ${inPlace ? 'in place' : 'gone'}`;
  const told = looks.at(-1)?.says;
  return { holds: as === looks.length && as > 0, says: `${says} (the last ${told})` };
}
