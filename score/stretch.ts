import { SURVIVAL } from '../core/constants.ts';
import type { Windows } from '../core/plan.ts';
import { isBelow } from './below.ts';
import type { Quality } from './quality.ts';

/** The mean of every run of `width` seconds, by its first; undefined where a second of it is. */
export function rollingMeans(seconds: readonly Quality[], width: number): Quality[] {
  const means: Quality[] = [];
  for (let start = 0; start + width <= seconds.length; start += 1) {
    let sum: Quality = 0;
    for (let second = start; second < start + width && sum !== undefined; second += 1) {
      const quality = seconds[second];
      sum = quality === undefined ? undefined : sum + quality;
    }
    means.push(sum === undefined ? undefined : sum / width);
  }
  return means;
}

/**
 * Where the first good stretch begins: `windows.stretch` in which every mean over `windows.mean` is at least .95.
 * Seconds without data are not good. Gives the place in the list, undefined when there is no such stretch.
 */
export function goodStretch(seconds: readonly Quality[], windows: Windows): number | undefined {
  const [stretch, width] = [windows.stretch / 1_000, windows.mean / 1_000];
  const needed = stretch - width + 1;
  let inRow = 0;
  for (const [start, mean] of rollingMeans(seconds, width).entries()) {
    inRow = mean === undefined || isBelow(mean, SURVIVAL.recovered) ? 0 : inRow + 1;
    if (inRow >= needed) return start - needed + 1;
  }
  return undefined;
}
