import { rateAt } from '../core/curve.ts';
import type { Arrival } from './arrivals.ts';
import { type RunningScenario, type ScenarioOptions, visit } from './scenario.ts';

/**
 * Closed model: as many virtual users as the curve says, each beginning anew when it is through. It slows down with the
 * target and so hides what people would feel; it is recorded, and never scored.
 */
export function closedScenario(options: ScenarioOptions): RunningScenario {
  const { scenario, share, around } = options;
  let busy = 0;
  let wanted = 0;
  let next = share.index;
  const loop = async () => {
    busy += 1;
    while (busy <= wanted && !around.signal.aborted) {
      const arrival: Arrival = { index: next, due: around.now() };
      next += share.count;
      await visit(options, arrival);
      // A journey that fails at once must not keep the loop from its other work.
      await new Promise(setImmediate);
    }
    busy -= 1;
  };
  return {
    name: scenario.name,
    get busy() {
      return busy;
    },
    tick(now) {
      const all = Math.round(rateAt(scenario.curve, now));
      wanted = Math.floor((all + share.count - 1 - share.index) / share.count);
      while (busy < wanted && !around.signal.aborted) void loop();
      return true;
    },
    prolong() {},
  };
}
