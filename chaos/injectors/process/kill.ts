import { resolve } from 'node:path';
import type { ProcessMeans } from '../../../core/means.ts';
import { comes } from '../../comes.ts';
import { CannotInject, type Look, type Prepared } from '../../injector.ts';
import { isAlive, signalTo } from '../../process-identity.ts';
import type { Undo } from '../../undo.ts';
import { processBehind } from './named.ts';
import { subjectOf } from './subject.ts';

/** How long a process may take to die, in milliseconds: the kernel first gives back all that it had. */
const DIES_WITHIN = 5_000;

/** Kills a process. It is back when its pid file names another one that lives. */
export function preparedKill({ pid, restart, folder = '.' }: ProcessMeans): Prepared {
  if (typeof pid === 'number') {
    throw new CannotInject(
      `a kill needs the file with the id of the process, not ${pid}: nothing else tells that it is back`,
    );
  }
  const subject = subjectOf(pid);
  return {
    get undo(): Undo {
      const command = restart === undefined ? {} : { command: restart };
      const [pidFile, where] = [resolve(pid.file), resolve(folder)];
      return { kind: 'restart', process: subject.settled(), pidFile, folder: where, ...command };
    },
    async inject() {
      const killed = subject.settled();
      if (!signalTo(killed, 'SIGKILL')) throw new CannotInject(`process ${killed.pid} has ended by itself`);
      // One that seems to live when it is undone is taken for one that was never killed.
      if (!(await comes(() => !isAlive(killed), DIES_WITHIN))) throw new Error(`process ${killed.pid} does not die`);
    },
    async look(): Promise<Look> {
      const known = subject.now();
      const behind = processBehind(pid.file);
      const other = behind && (behind.pid !== known.pid || behind.started !== known.started) ? behind.pid : undefined;
      return { pid: known.pid, lives: isAlive(known), other };
    },
    bites(_, during) {
      const seen = during.filter(({ lives }) => lives).length;
      const { pid: id, other } = last(during);
      const since = other === undefined ? '' : `, and process ${other} is there instead`;
      return seen === 0 && during.length > 0
        ? { holds: true, says: `process ${id} is gone${since}` }
        : { holds: false, says: `process ${id} was still there in ${seen} of ${during.length} looks` };
    },
    gone(_, after) {
      const { pid: id, lives, other } = last(after);
      if (lives) return { holds: true, says: `process ${id} was never killed` };
      return other === undefined
        ? { holds: false, says: `process ${id} is gone, and ${pid.file} names no other one that lives` }
        : { holds: true, says: `process ${other} is there instead of process ${id}` };
    },
    close: async () => undefined,
  };
}

function last(looks: readonly Look[]): Look {
  return looks.at(-1) ?? {};
}
