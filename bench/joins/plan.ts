import { steady } from '../../core/curve.ts';
import type { Plan, PlannedScenario } from '../../core/plan.ts';
import { plan } from '../../core/planning/plan.ts';
import type { Target } from '../../core/target.ts';
import { fiveHundredUserCeiling } from '../../profiles/500-user-ceiling.ts';

/** How long one attempt is waited for, and by when somebody must be in. */
const PATIENCE = 10_000;
const DEADLINE = 5_000;
/** Nothing happens before the storm, and so long people stay after it: the last ones have to be seen, too. Milliseconds. */
const BEFORE = 1_000;
const AFTER = 3_000;

/**
 * So many people a second join meetings of two with sound, every fifth with a picture, try three times at most, and stay. The
 * first half of them come to an empty room: the first packet is told of who comes second.
 */
export function joinPlan(rate: number, seconds: number, { operations }: Pick<Target, 'operations'>): Plan {
  const made = plan(fiveHundredUserCeiling, { operations });
  const [from, to] = [BEFORE, BEFORE + seconds * 1_000];
  const until = to + AFTER;
  const rooms = Math.ceil((rate * seconds) / 2);
  const retry = { share: 1, attempts: 3, base: 500, cap: 2_000, jitter: true, honoursRetryAfter: true };
  const scenario: PlannedScenario = {
    ...{ name: 'joiners', journey: 'attend', cohort: 'joiners', role: 'storm', model: 'open' },
    ...{ curve: [steady(from, to, (2 * rooms) / seconds)], maxVUs: 2 * rooms + 10, signedIn: 2 * rooms },
    meetings: { count: rooms, cameras: 0.2, rungs: [{ at: from, size: 2 }], until },
  };
  return {
    ...made,
    phases: [
      { name: 'warm-up', from: 0, to: from / 2 },
      { name: 'baseline', from: from / 2, to: from },
      { name: 'storm', from, to: until },
      { name: 'recovery', from: until, to: until },
    ],
    scenarios: [scenario],
    cohorts: [{ name: 'joiners', role: 'primary' }],
    components: ['absorb', 'recover', 'floor'],
    habits: { patience: PATIENCE, wrongPassword: 0, retries: [retry], longestRetryDelay: 2_000, horizon: 3 * PATIENCE },
    classes: [
      { name: 'media', weight: 1, deadline: DEADLINE },
      { name: 'join', weight: 0, deadline: DEADLINE },
    ],
    bounds: { arrivals: 2 * rooms, peakRate: rate, inFlight: 2 * rooms + 10, length: until + PATIENCE },
  };
}
