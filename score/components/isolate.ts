import { SURVIVAL } from '../../core/constants.ts';
import { mean, percentile } from '../percentile.ts';
import { known } from '../quality.ts';
import type { Traces } from '../trace.ts';

/** How well those nobody targeted fared: the 10th percentile over their cohorts of mean q in the storm. */
export function isolate(traces: Traces): number | undefined {
  const means = bystanderMeans(traces).flatMap(({ quality }) => quality ?? []);
  return percentile(means, SURVIVAL.isolatePercentile);
}

/** The mean q of each bystander cohort in the storm; undefined for one without data. */
export function bystanderMeans({ bystanders }: Traces): { name: string; quality: number | undefined }[] {
  return bystanders.map(({ name, storm }) => ({ name, quality: mean(known(storm)) }));
}
