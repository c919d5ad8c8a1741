import { INDICATORS, type IndicatorName } from '../../core/indicator.ts';
import type { Recording } from '../../core/recording.ts';
import { levelOf, seriesOf } from '../series.ts';
import { number } from '../spoken.ts';

/** Where work waits that nobody may be waiting for any more, and what counts the work that was done for nobody. */
const QUEUES: readonly { readonly queue: IndicatorName; readonly wasted?: IndicatorName }[] = [
  { queue: 'login.queue', wasted: 'login.wasted' },
  { queue: 'database.pool.waiting' },
];

/** A queue of the target that was still being worked off when a load cut ended. */
export interface Draining {
  readonly queue: IndicatorName;
  /** How long there was work left at that pace, in milliseconds. */
  readonly left: number;
  /** What was seen of it. */
  readonly says: string;
}

/**
 * Finds a queue that was being worked off between two moments and was not empty in the end. It counts only when it was
 * longer than all people who were there: then it held work that no cut of the load takes away, and only time does.
 */
export function drainingIn(recording: Recording, from: number, to: number): Draining | undefined {
  const scrapes = recording.scrapes.filter(({ at }) => at >= from && at < to);
  const people = mostPeople(recording, from, to);
  return QUEUES.flatMap(({ queue, wasted }): Draining[] => {
    const points = seriesOf(scrapes, queue);
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last || last.value <= people) return [];
    const done = (wasted && levelOf(scrapes, wasted, from, to)) ?? 0;
    const fallen = (1_000 * (first.value - last.value)) / (last.at - first.at);
    const pace = Math.max(done, fallen);
    if (!(pace > 0)) return [];
    const after = number(last.value);
    const says =
      wasted && done >= fallen
        ? `${wasted} (${INDICATORS[wasted].says}) rose by ${number(done)} a second in the last load cut, and ${queue} stood at ${after} when it ended`
        : `${queue} fell from ${number(first.value)} to ${after} in the last load cut`;
    return [{ queue, left: (1_000 * last.value) / pace, says }];
  })[0];
}

/** How many people were at work with the target at most. */
function mostPeople({ health }: Recording, from: number, to: number): number {
  const bySecond = new Map<number, number>();
  for (const { second, inFlight } of health)
    if (second * 1_000 >= from && second * 1_000 < to) bySecond.set(second, (bySecond.get(second) ?? 0) + inFlight);
  return Math.max(0, ...bySecond.values());
}
