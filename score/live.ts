import { phaseOf } from '../core/plan.ts';
import type { Recording } from '../core/recording.ts';
import { entitlementsOf } from './entitlement.ts';
import { type Quality, qualityOf } from './quality.ts';
import { type Span, spanUpTo, spanWithin } from './span.ts';
import { stripsOf } from './strip.ts';
import { primaryGroup } from './tally.ts';
import { against, yardstickOf } from './trace.ts';

/**
 * The quality q of the primary cohorts over the whole seconds between two moments (in milliseconds), of a recording
 * that may still be going on. A second counts from when every worker has told of it. People who are still waiting are
 * in it as offered and not as good, so q is the least it can come to: it may rise until their deadline, and never falls.
 */
export function liveQuality(recording: Recording, from: number, until: number): Quality[] {
  const { plan } = recording;
  const entitlements = entitlementsOf(recording);
  const group = primaryGroup(recording);
  const over = (span: Span) => stripsOf(group, entitlements, span);
  const baseline = phaseOf(plan, 'baseline');
  const yardstick = yardstickOf(qualityOf(over(spanWithin(baseline.from, baseline.to))));
  return against(yardstick, qualityOf(over(spanUpTo(spanWithin(from, until), heardUpTo(recording)))));
}

/** The first second that not every worker has told of yet. Workers tell of a second once it is over. */
export function heardUpTo({ health, closed }: Recording): number {
  if (closed) return Number.POSITIVE_INFINITY;
  const last = new Map<number, number>();
  for (const { worker, second } of health) {
    if (worker >= 0) last.set(worker, Math.max(second, last.get(worker) ?? 0));
  }
  return Math.min(...last.values()) + 1;
}
