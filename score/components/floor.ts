import { SURVIVAL } from '../../core/constants.ts';
import type { Windows } from '../../core/plan.ts';
import { percentile } from '../percentile.ts';
import { known } from '../quality.ts';
import { rollingMeans } from '../stretch.ts';
import type { Traces } from '../trace.ts';

/** How deep it went: the 5th percentile of the rolling mean of q over storm and recovery. */
export function floor({ primary }: Traces, windows: Windows): number | undefined {
  const means = rollingMeans([...primary.storm, ...primary.recovery], windows.floor / 1_000);
  return percentile(known(means), SURVIVAL.floorPercentile);
}
