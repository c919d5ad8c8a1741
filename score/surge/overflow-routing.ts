import { phaseOf } from '../../core/plan.ts';
import type { Recording } from '../../core/recording.ts';
import type { Countermeasure } from '../../core/score.ts';
import { levelOf } from '../series.ts';
import { number } from '../spoken.ts';

/** Whether more was served by way of an overflow path than before the surge, by the target's own count. */
export function overflowRouting({ plan, scrapes }: Recording): Omit<Countermeasure, 'name'> {
  const [baseline, storm] = [phaseOf(plan, 'baseline'), phaseOf(plan, 'storm')];
  const during = levelOf(scrapes, 'overflow.success', storm.from, storm.to);
  if (during === undefined)
    return { status: 'could not tell', says: 'the target does not tell of an overflow path', from: 'target' };
  const before = levelOf(scrapes, 'overflow.success', baseline.from, baseline.to) ?? 0;
  const says = `${number(during, 1)} a second were served by way of an overflow path in the storm, ${number(before, 1)} in the baseline`;
  return { status: during > before ? 'seen' : 'not seen', says, from: 'target' };
}
