import { SURVIVAL } from '../../core/constants.ts';
import type { ComponentName } from '../../core/score.ts';

/** The value of each component of a plan, undefined where there is no data for it. */
export type ComponentValues = readonly (readonly [ComponentName, number | undefined])[];

/**
 * S before the cap: the geometric mean of the components with data, by weight, times 100. Components a plan leaves out
 * cost nothing; those without data are left out too, and lower the coverage.
 */
export function survival(components: ComponentValues): number | undefined {
  let [logarithm, weights] = [0, 0];
  for (const [name, value] of components) {
    if (value === undefined) continue;
    const weight = SURVIVAL.weights[name];
    logarithm += weight * Math.log(Math.max(value, SURVIVAL.leastComponent));
    weights += weight;
  }
  return weights > 0 ? 100 * Math.exp(logarithm / weights) : undefined;
}
