import { type Curve, steady } from '../core/curve.ts';
import { isProbed, phaseOf } from '../core/plan.ts';
import type { Run } from '../core/run.ts';

/** What the probe asks of whoever judges: pure functions of what was recorded so far. */
export interface Judge {
  /** Is there a stretch between two moments that counts as recovered? */
  recovered(from: number, until: number): boolean;
  /** The mean quality between two moments; undefined when nothing was offered. */
  quality(from: number, until: number): number | undefined;
}

/** Below this quality at a reduced load there is nothing to restore. */
const SERVED = 0.95;

/**
 * Finds out what it takes for a target that did not recover: cuts the base load to each level in turn and holds it
 * there, then restores it and observes. Where even the reduced load is not served at the end of the hold, restoring it
 * could prove nothing and the next level follows at once. Resolves with the moment the load ends.
 */
export async function probe(
  run: Run,
  judge: Judge,
  prolong: (scenario: string, curve: Curve) => void,
): Promise<number> {
  const { plan } = run;
  const { levels, hold, observe } = plan.probe;
  let at = phaseOf(plan, 'recovery').to;
  const load = (until: number, level: number) => {
    for (const { name, role, curve } of plan.scenarios.filter(isProbed)) {
      const rate = curve.at(-1)?.endRate ?? 0;
      prolong(name, [steady(at, until, role === 'base' ? rate * level : rate)]);
    }
  };
  const step = async (level: number, name: 'hold' | 'observe', length: number) => {
    run.record({ kind: 'phase', at, name: 'probe', level, step: name });
    const from = at;
    load(from + length, name === 'hold' ? level : 1);
    at = from + length;
    await run.until(at);
    return from;
  };
  for (const level of levels) {
    await step(level, 'hold', hold);
    const served = judge.quality(at - plan.windows.mean, at);
    if (served !== undefined && served < SERVED) continue;
    const from = await step(level, 'observe', observe);
    if (judge.recovered(from, at)) break;
  }
  return at;
}
