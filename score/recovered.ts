import type { Recording } from '../core/recording.ts';
import { liveQuality } from './live.ts';
import { goodStretch } from './stretch.ts';

/**
 * Whether there is a good stretch between two moments (in milliseconds), for the primary cohorts: a `windows.stretch`
 * in which every mean over `windows.mean` is at least .95. May be asked while the run goes on: people who wait for an
 * answer count as not good yet, and seconds that a worker has not told of yet are left out. So `true` is final, and
 * `false` may become true once the last second or two are known.
 */
export function recovered(recording: Recording, from: number, until: number): boolean {
  return goodStretch(liveQuality(recording, from, until), recording.plan.windows) !== undefined;
}
