import type { Windows } from '../../core/plan.ts';
import { known } from '../quality.ts';
import type { Traces } from '../trace.ts';

/**
 * How soon the target was itself again: 1 up to the objective, falling linearly to 0 at the RTO. Without a good stretch
 * it is 0 when all of the recovery was seen, and unknown when it was not.
 */
export function recover(
  { primary }: Traces,
  recoveredAfter: number | undefined,
  whole: boolean,
  { objective, rto }: Windows,
): number | undefined {
  if (recoveredAfter === undefined) return whole && known(primary.recovery).length > 0 ? 0 : undefined;
  return Math.min(1, Math.max(0, (rto - recoveredAfter) / (rto - objective)));
}
