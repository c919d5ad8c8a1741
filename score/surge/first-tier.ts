import { INDICATORS, type IndicatorName } from '../../core/indicator.ts';
import { phaseOf } from '../../core/plan.ts';
import type { Recording } from '../../core/recording.ts';
import type { Evidence } from '../../core/score.ts';
import { seriesOf } from '../series.ts';
import { number, seconds } from '../spoken.ts';

/** The tiers of a conferencing system, and what piles up before each of them. */
const TIERS: readonly { readonly tier: string; readonly queue: IndicatorName; readonly beyond: number }[] = [
  { tier: 'authentication', queue: 'login.queue', beyond: 50 },
  { tier: 'the database', queue: 'database.pool.waiting', beyond: 50 },
  { tier: 'the media servers', queue: 'media.queue', beyond: 1_000 },
  { tier: 'the support', queue: 'ticket.queue', beyond: 100 },
];

/** The tier whose queue was the first to grow far beyond anything seen in the baseline, and those that followed. */
export function firstTierOf({ plan, scrapes }: Recording): Evidence | undefined {
  const [baseline, storm, recovery] = [phaseOf(plan, 'baseline'), phaseOf(plan, 'storm'), phaseOf(plan, 'recovery')];
  const fallen = TIERS.flatMap(({ tier, queue, beyond }) => {
    const points = seriesOf(scrapes, queue);
    const usual = points.filter(({ at }) => at >= baseline.from && at < baseline.to).map(({ value }) => value);
    const limit = Math.max(beyond, 2 * Math.max(0, ...usual));
    const first = points.find(({ at, value }) => at >= storm.from && at < recovery.to && value > limit);
    return first ? [{ tier, queue, ...first }] : [];
  }).sort((a, b) => a.at - b.at);
  const [first, ...others] = fallen.map(
    ({ tier, queue, at, value }) =>
      `${tier} ${seconds(at - storm.from)} into the storm (${number(value)} ${INDICATORS[queue].says})`,
  );
  if (first === undefined) return undefined;
  const then = others.length > 0 ? `, then ${others.join(', ')}` : '';
  return { says: `the first to give way was ${first}${then}`, from: 'target' };
}
