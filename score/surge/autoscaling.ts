import { INDICATORS, type IndicatorName } from '../../core/indicator.ts';
import { phaseOf } from '../../core/plan.ts';
import { paced } from '../../core/planning/phases.ts';
import type { Recording } from '../../core/recording.ts';
import type { Countermeasure } from '../../core/score.ts';
import { seriesOf } from '../series.ts';
import { number, seconds } from '../spoken.ts';

/** What there are more of when somebody scales. */
const COUNTED: readonly IndicatorName[] = ['instances', 'media.servers'];

/** As documented. */
const WITHIN = '5m';

/** Whether there were more servers soon enough than ever before the surge, by the target's own count. */
export function autoscaling({ plan, scrapes }: Recording): Omit<Countermeasure, 'name'> {
  const [baseline, storm, recovery] = [phaseOf(plan, 'baseline'), phaseOf(plan, 'storm'), phaseOf(plan, 'recovery')];
  const until = Math.min(storm.from + paced(WITHIN, plan.pace), recovery.to);
  const limit = `${seconds(until - storm.from)} are allowed, 5 minutes at this pace or the end of the run`;
  const counts = COUNTED.flatMap((indicator) => {
    const points = seriesOf(scrapes, indicator);
    const before = points.filter(({ at }) => at >= baseline.from && at < storm.from).map(({ value }) => value);
    const during = points.filter(({ at }) => at >= storm.from && at < until);
    return before.length > 0 && during.length > 0 ? [{ indicator, most: Math.max(...before), during }] : [];
  });
  if (counts.length === 0)
    return {
      status: 'could not tell',
      says: `the target tells neither of ${COUNTED.join(' nor of ')}`,
      from: 'target',
    };
  for (const { indicator, most, during } of counts) {
    const more = during.find(({ value }) => value > most);
    if (!more) continue;
    const after = seconds(more.at - storm.from);
    const rise = `${number(most)} ${INDICATORS[indicator].unit} became ${number(more.value)}`;
    return { status: 'seen', says: `${rise} ${after} into the surge; ${limit}`, from: 'target' };
  }
  const stayed = counts.map(({ indicator, most }) => `no more than ${number(most)} ${INDICATORS[indicator].unit}`);
  return { status: 'not seen', says: `${stayed.join(', ')} from before the surge on; ${limit}`, from: 'target' };
}
