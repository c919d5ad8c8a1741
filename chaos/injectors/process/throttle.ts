import type { ProcessMeans } from '../../../core/means.ts';
import { CannotInject, type Prepared } from '../../injector.ts';
import { statOf } from '../../process-identity.ts';
import { startHolder } from '../holder.ts';
import type { Allowance } from './allowance.ts';
import { continuing, mustGoOn } from './held-back.ts';
import { shareBites, shareIsFree, shareLook, shareStays } from './share.ts';
import { subjectOf } from './subject.ts';

/** Stops and continues a process in turn, so that it gets its share of a core; that needs no special rights. */
export async function preparedThrottle({ pid }: ProcessMeans, allowance: Allowance): Promise<Prepared> {
  const subject = subjectOf(pid);
  mustGoOn(subject.now());
  if (statOf(subject.now())?.cpuMs === undefined) {
    throw new CannotInject('what a process uses of the processor can only be told where there is a /proc');
  }
  const holder = await startHolder();
  return {
    get undo() {
      const target = subject.settled();
      return continuing(holder.identity, target, `process ${target.pid}, slowed down`);
    },
    async inject() {
      const target = subject.settled();
      mustGoOn(target);
      await holder.hold({ hold: 'slices', process: target, ...allowance.begin() });
    },
    look: async () => allowance.seen(await shareLook(subject.now())),
    bites: (before, during) => shareBites(before, during, allowance.askedAt),
    stays: (_, during) => shareStays(holder.identity, during, allowance.askedAt),
    gone: shareIsFree,
    close: () => holder.close(),
  };
}
