import type { Plan } from '../core/plan.ts';

/** Beyond this nobody takes a run for the incident: a tenth more or less is a matter of capacity. */
const ALIKE = 0.1;

/** The size of a run whose incident is much smaller or larger than its profile has it, as a fact beside others. */
export function sizeOf({ scale }: Pick<Plan, 'scale'>): readonly string[] {
  return Math.abs(scale - 1) > ALIKE ? [`scale ${Number(scale.toPrecision(3))}`] : [];
}
