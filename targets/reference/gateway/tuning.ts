import type { Cost } from './passwords.ts';

/** Logins per second that the hash cost is tuned for, so that the capacity is about the same on any machine. */
export const GOAL = 110;
/** How far off the goal is near enough: one step of r is as much. */
const NEAR = 0.08;
const MOST_TRIES = 5;
const FIRST: Cost = { r: 8 };
const MOST_R = 128;

/** A cost, and how many logins per second the whole service does at it. */
export interface Tuned extends Cost {
  readonly rate: number;
}

/**
 * Finds the cost at which the service does about GOAL logins per second, which makes a hash take about 18 ms with two at
 * work; `from` is tried first. The time of scrypt is proportional to r, so each try says where the next one has to be; a
 * machine that changes under way is followed, and of all tries the nearest counts.
 */
export async function tunedCost(measure: (cost: Cost) => Promise<number>, from = FIRST): Promise<Tuned> {
  const tries: Tuned[] = [];
  let { r } = from;
  while (tries.length < MOST_TRIES && !tries.some((tried) => tried.r === r)) {
    const rate = await measure({ r });
    tries.push({ r, rate });
    if (distance(rate) <= NEAR) break;
    r = Math.min(MOST_R, Math.max(1, Math.round((r * rate) / GOAL)));
  }
  const [nearest] = tries.toSorted((a, b) => distance(a.rate) - distance(b.rate));
  if (!nearest) throw new Error('a tuning without a try');
  return nearest;
}

function distance(rate: number): number {
  return Math.abs(rate - GOAL) / GOAL;
}
