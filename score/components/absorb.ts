import { mean } from '../percentile.ts';
import { known } from '../quality.ts';
import type { Traces } from '../trace.ts';

/** How much of the baseline's quality was left during the storm: the mean of q. */
export function absorb({ primary }: Traces): number | undefined {
  return mean(known(primary.storm));
}
