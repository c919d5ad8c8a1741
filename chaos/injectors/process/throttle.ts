import type { ProcessMeans } from '../../../core/means.ts';
import { CannotInject, type Look, type Prepared } from '../../injector.ts';
import { statOf } from '../../process-identity.ts';
import { startHolder } from '../holder.ts';
import type { Steps } from '../holders/order.ts';
import { meanOver } from '../holders/steps.ts';
import { continuing, mustGoOn } from './held-back.ts';
import { shareBites, shareIsFree, shareLook } from './share.ts';
import { subjectOf } from './subject.ts';

/** Stops and continues a process in turn, so that it gets its share of a core; that needs no special rights. */
export async function preparedThrottle({ pid }: ProcessMeans, steps: Steps): Promise<Prepared> {
  const subject = subjectOf(pid);
  mustGoOn(subject.now());
  if (statOf(subject.now())?.cpuMs === undefined) {
    throw new CannotInject('what a process uses of the processor can only be told where there is a /proc');
  }
  const holder = await startHolder();
  let began = 0;
  return {
    get undo() {
      const target = subject.settled();
      return continuing(holder.identity, target, `process ${target.pid}, slowed down`);
    },
    async inject() {
      const target = subject.settled();
      mustGoOn(target);
      await holder.hold({ hold: 'slices', process: target, ...steps });
      began = performance.now();
    },
    look: () => shareLook(subject.now()),
    bites: (before, during) => shareBites(before, during, (look) => askedAt(steps, look, began)),
    gone: shareIsFree,
    close: () => holder.close(),
  };
}

/** The share that was asked at the time of a look. */
export function askedAt({ shares, lasting }: Steps, { fromMs, toMs }: Look, began: number): number {
  return meanOver(shares, lasting, Number(fromMs) - began, Number(toMs) - began);
}
