import type { ProcessMeans } from '../../../core/means.ts';
import type { Look, Prepared } from '../../injector.ts';
import type { Undo } from '../../undo.ts';
import { startHolder } from '../holder.ts';
import type { Steps } from '../holders/order.ts';
import { quotaOf } from './cgroup.ts';
import { shareBites, shareIsFree, shareLook } from './share.ts';
import { subjectOf } from './subject.ts';
import { askedAt } from './throttle.ts';

/** Sets the quota of the cgroup a process is in, so that it gets its share of a core without being stopped. */
export async function preparedQuota({ pid }: ProcessMeans, cgroup: string, steps: Steps): Promise<Prepared> {
  const subject = subjectOf(pid);
  const found = quotaOf(cgroup, subject.now());
  const contents = steps.shares.map((share) => found.for(share));
  const holder = await startHolder();
  let began = 0;
  return {
    get undo(): Undo {
      const { file, content } = quotaOf(cgroup, subject.settled());
      return {
        kind: 'all',
        parts: [
          { kind: 'holder', process: holder.identity, held: `quota of ${cgroup}` },
          { kind: 'cgroup', file, content },
        ],
      };
    },
    async inject() {
      const { file, content: before } = quotaOf(cgroup, subject.settled());
      await holder.hold({ hold: 'quota', file, contents, lasting: steps.lasting, before });
      began = performance.now();
    },
    async look(): Promise<Look> {
      const waits = found.throttled();
      const look = await shareLook(subject.now());
      return { ...look, heldBack: found.throttled() - waits };
    },
    bites: (before, during) => shareBites(before, during, (look) => askedAt(steps, look, began)),
    gone: shareIsFree,
    close: () => holder.close(),
  };
}
