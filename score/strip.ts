import type { Entitlement } from '../core/score.ts';
import { eachSecond, type Span } from './span.ts';
import type { Group } from './tally.ts';

/** One class of a group over a span, one entry a second. */
export interface Strip {
  readonly weight: number;
  readonly offered: readonly number[];
  readonly good: readonly number[];
  /** The smaller of what was offered and what the target's capacity is. */
  readonly entitled: readonly number[];
}

/** Cuts the counts of a group to a span. */
export function stripsOf(group: Group, entitlements: readonly Entitlement[], span: Span): Strip[] {
  return group.tallies.map(({ class: name, weight, seconds }) => {
    const capacity =
      entitlements.find((entitlement) => entitlement.class === name)?.capacity ?? Number.POSITIVE_INFINITY;
    const offered = eachSecond(span, (second) => seconds.get(second)?.offered ?? 0);
    const good = eachSecond(span, (second) => seconds.get(second)?.good ?? 0);
    return { weight, offered, good, entitled: offered.map((count) => Math.min(count, capacity)) };
  });
}
