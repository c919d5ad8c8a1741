import type { MergedBin, Recording } from '../core/recording.ts';
import { heardUpTo, liveQuality } from './live.ts';
import { mean } from './percentile.ts';
import { known } from './quality.ts';

/**
 * The mean quality q of the primary cohorts between two moments (in milliseconds) of a run that may still be going on;
 * undefined when too few were due to tell. People of the last second told of who have no answer yet have hardly waited,
 * and are left out; those who wait for longer count as not good.
 */
export function meanQuality(recording: Recording, from: number, until: number): number | undefined {
  const last = heardUpTo(recording) - 1;
  const bins = recording.bins.map((bin) =>
    bin.second === last ? { ...bin, offered: bin.offered - waitingIn(bin) } : bin,
  );
  return mean(known(liveQuality({ ...recording, bins }, from, until)));
}

/** How many people of a bin neither succeeded nor gave up so far. */
function waitingIn({ offered, good, shed, dropped, failed }: MergedBin): number {
  const ended = Object.values(failed).reduce((sum, count) => sum + count, good + shed + dropped);
  return Math.max(0, offered - ended);
}
