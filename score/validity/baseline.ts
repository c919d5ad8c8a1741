import { SURVIVAL } from '../../core/constants.ts';
import type { Reason } from '../../core/score.ts';
import { isBelow } from '../below.ts';
import type { Measured } from '../measured.ts';
import { mean, median } from '../percentile.ts';
import { known } from '../quality.ts';
import { counted, percent } from '../spoken.ts';
import { clockJumps } from './clock.ts';
import { strainIn } from './generator.ts';
import { sharingIn } from './machine.ts';

/**
 * The baseline is what everything is measured against: its median must be good, few of its seconds low, and its halves
 * alike. Only a baseline that was recorded whole can be judged; trouble of the generator in it makes it environmental.
 */
export function baselineNotSteady({ recording, phases, traces }: Measured): Reason[] {
  if (!phases.baseline.whole) return [];
  const faults = faultsOf(known(traces.primary.baseline));
  if (faults.length === 0) return [];
  const strain = strainIn(recording, phases.baseline);
  const environmental =
    strain.saturated || clockJumps(recording).length > 0 || sharingIn(recording, phases.baseline) !== undefined;
  const blamed = environmental ? `; the generator's own machine was in trouble then${strain.says}` : '';
  return [
    {
      name: 'baseline-not-steady',
      says: `the target was not steady before the storm: ${faults.join(', ')}${blamed}`,
      environmental,
    },
  ];
}

function faultsOf(quality: readonly number[]): string[] {
  const { low, lowShare, halves, median: least } = SURVIVAL.baseline;
  const middle = median(quality);
  if (middle === undefined) return [];
  const lows = quality.filter((value) => isBelow(value, low)).length;
  const half = Math.floor(quality.length / 2);
  const [before = middle, after = middle] = [mean(quality.slice(0, half)), mean(quality.slice(half))];
  return [
    ...(isBelow(middle, least) ? [`its median quality was ${percent(middle)}, and has to be ${percent(least)}`] : []),
    ...(isBelow(lowShare, lows / quality.length)
      ? [`${counted(lows, 'second')} of ${quality.length} lay below ${percent(low)}`]
      : []),
    ...(isBelow(halves, Math.abs(after - before))
      ? [`its quality went from ${percent(before)} in the first half to ${percent(after)} in the second`]
      : []),
  ];
}
