import type { Actor } from '../core/run.ts';
import { condition } from './halts/condition.ts';
import type { Halt } from './halts/halt.ts';

/** Why a run was stopped by a condition of its owner. */
export class Halted extends Error {
  override readonly name = 'Halted';
}

/**
 * Lets an actor that scrapes go on, and stops the run by throwing Halted as soon as one of the conditions says so, from
 * the warm-up on. What it saw is recorded before. Every look is a look at the clock as well: a source that does not
 * answer is recorded as such, so that silence is noticed, too.
 */
export function halting(halts: readonly Halt[], scraping: Actor): Actor {
  if (halts.length === 0) return scraping;
  return async (run) => {
    const conditions = halts.map((halt) => condition(halt, run.now()));
    await scraping({
      ...run,
      record(event) {
        run.record(event);
        if (event.kind !== 'scrape') return;
        const reasons = conditions.map((judge) => judge(event, run.now())).filter((says) => says !== undefined);
        if (reasons.length > 0) throw new Halted(reasons.join('; '));
      },
    });
  };
}
