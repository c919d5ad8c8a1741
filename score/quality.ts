import { SURVIVAL } from '../core/constants.ts';
import type { Strip } from './strip.ts';

/** The quality of one second, 0..1; undefined where too few were due to tell. */
export type Quality = number | undefined;

/** The quality Q of a group, second by second: the mean over its classes, by weight, of those that have data. */
export function qualityOf(strips: readonly Strip[]): Quality[] {
  const classes = strips.map((strip) => ({ weight: strip.weight, quality: classQuality(strip) }));
  const length = Math.max(0, ...classes.map(({ quality }) => quality.length));
  const seconds: Quality[] = new Array(length);
  for (let second = 0; second < length; second += 1) {
    let [sum, weights] = [0, 0];
    for (const { weight, quality } of classes) {
      const value = quality[second];
      if (value === undefined) continue;
      sum += weight * value;
      weights += weight;
    }
    seconds[second] = weights > 0 ? sum / weights : undefined;
  }
  return seconds;
}

/**
 * min(1, good / entitled), second by second. Seconds in which fewer than five were due are taken together with those
 * after them until there are five, and share one value; a rest at the end stays undefined.
 */
export function classQuality({ offered, good, entitled }: Omit<Strip, 'weight'>): Quality[] {
  const seconds: Quality[] = new Array(offered.length).fill(undefined);
  let [start, due, served, owed] = [0, 0, 0, 0];
  for (let second = 0; second < offered.length; second += 1) {
    due += offered[second] ?? 0;
    served += good[second] ?? 0;
    owed += entitled[second] ?? 0;
    if (due < SURVIVAL.leastOffered) continue;
    seconds.fill(owed > 0 ? Math.min(1, served / owed) : 0, start, second + 1);
    [start, due, served, owed] = [second + 1, 0, 0, 0];
  }
  return seconds;
}

/** The seconds whose quality is known. */
export function known(seconds: readonly Quality[]): number[] {
  return seconds.filter((quality) => quality !== undefined);
}
