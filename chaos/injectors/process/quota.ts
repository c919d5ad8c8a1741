import type { ProcessMeans } from '../../../core/means.ts';
import type { Look, Prepared } from '../../injector.ts';
import type { Undo } from '../../undo.ts';
import { startHolder } from '../holder.ts';
import type { Allowance } from './allowance.ts';
import { quotaOf } from './cgroup.ts';
import { shareBites, shareIsFree, shareLook, shareStays } from './share.ts';
import { subjectOf } from './subject.ts';

/** Sets the quota of the cgroup a process is in, so that it gets its share of a core without being stopped. */
export async function preparedQuota({ pid }: ProcessMeans, cgroup: string, allowance: Allowance): Promise<Prepared> {
  const subject = subjectOf(pid);
  const found = quotaOf(cgroup, subject.now());
  // One that cannot be written is told before anything is touched.
  for (const share of allowance.known) found.for(share);
  const holder = await startHolder();
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
      const { shares, lasting } = allowance.begin();
      const contents = shares.map((share) => found.for(share));
      await holder.hold({ hold: 'quota', file, contents, lasting, before });
    },
    async look(): Promise<Look> {
      const waits = found.throttled();
      const look = allowance.seen(await shareLook(subject.now()));
      return { ...look, heldBack: found.throttled() - waits };
    },
    bites: (before, during) => shareBites(before, during, allowance.askedAt),
    stays: (_, during) => shareStays(holder.identity, during, allowance.askedAt),
    gone: shareIsFree,
    close: () => holder.close(),
  };
}
