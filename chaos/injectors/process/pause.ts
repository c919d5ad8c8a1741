import type { ProcessMeans } from '../../../core/means.ts';
import type { Look, Prepared } from '../../injector.ts';
import { statOf } from '../../process-identity.ts';
import { startHolder } from '../holder.ts';
import { continuing, isStopped, mustGoOn } from './held-back.ts';
import { processBehind } from './named.ts';
import { subjectOf } from './subject.ts';

/** Stops a process; a holder keeps it so, and whatever happens to that, it is continued. */
export async function preparedPause({ pid }: ProcessMeans, lasting: number): Promise<Prepared> {
  const subject = subjectOf(pid);
  mustGoOn(subject.now());
  const holder = await startHolder();
  return {
    get undo() {
      const target = subject.settled();
      return continuing(holder.identity, target, `process ${target.pid}, stopped`);
    },
    inject() {
      const target = subject.settled();
      mustGoOn(target);
      return holder.hold({ hold: 'slices', process: target, shares: [0], lasting });
    },
    async look(): Promise<Look> {
      const known = subject.now();
      const now = statOf(known) ?? (typeof pid === 'number' ? undefined : otherThan(pid.file));
      return { pid: known.pid, state: now?.state };
    },
    bites(_, during) {
      const stopped = during.filter(({ state }) => isStopped(String(state))).length;
      const says = `process ${during.at(-1)?.pid} was stopped in ${stopped} of ${during.length} looks`;
      return { holds: stopped === during.length && stopped > 0, says };
    },
    gone(_, after) {
      const { pid: id, state } = after.at(-1) ?? {};
      if (state === undefined) return { holds: false, says: `process ${id} has ended, and no other one is there` };
      const holds = !isStopped(String(state));
      return { holds, says: holds ? `process ${id} goes on` : `process ${id} is still stopped` };
    },
    close: () => holder.close(),
  };
}

/** Whoever supervises a process may have started it anew while it was stopped. */
function otherThan(file: string) {
  const behind = processBehind(file);
  return behind && statOf(behind);
}
