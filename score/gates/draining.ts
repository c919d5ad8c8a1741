import type { IndicatorName } from '../../core/indicator.ts';
import type { Recording } from '../../core/recording.ts';
import { seriesOf } from '../series.ts';

/** Where work waits that nobody may be waiting for any more. */
const QUEUES: readonly IndicatorName[] = ['login.queue', 'database.pool.waiting'];

/** A queue of the target that was still being worked off when a load cut ended. */
export interface Draining {
  readonly queue: IndicatorName;
  /** How much waited at the first look. */
  readonly before: number;
  /** How much waited at the last look. */
  readonly after: number;
  /** How long there was work left at that pace, in milliseconds. */
  readonly left: number;
}

/**
 * Finds a queue that fell between two moments and was not empty in the end. It counts only when it stayed longer than
 * all people who were there: such a queue does not fall because people leave it, but because its work is done.
 */
export function drainingIn(recording: Recording, from: number, to: number): Draining | undefined {
  const scrapes = recording.scrapes.filter(({ at }) => at >= from && at < to);
  const people = mostPeople(recording, from, to);
  return QUEUES.flatMap((queue): Draining[] => {
    const points = seriesOf(scrapes, queue);
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last || last.value >= first.value || last.value <= people) return [];
    const pace = (first.value - last.value) / (last.at - first.at);
    return [{ queue, before: first.value, after: last.value, left: last.value / pace }];
  })[0];
}

/** How many people were at work with the target at most. */
function mostPeople({ health }: Recording, from: number, to: number): number {
  const bySecond = new Map<number, number>();
  for (const { second, inFlight } of health)
    if (second * 1_000 >= from && second * 1_000 < to) bySecond.set(second, (bySecond.get(second) ?? 0) + inFlight);
  return Math.max(0, ...bySecond.values());
}
