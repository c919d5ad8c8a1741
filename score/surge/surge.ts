import type { CountermeasureName } from '../../core/profile.ts';
import type { Recording } from '../../core/recording.ts';
import type { Countermeasure, Surge } from '../../core/score.ts';
import { autoscaling } from './autoscaling.ts';
import { firstTierOf } from './first-tier.ts';
import { loadShedding } from './load-shedding.ts';
import { overflowRouting } from './overflow-routing.ts';
import { qualityAdaptation } from './quality-adaptation.ts';

const LOOKED_FOR: Readonly<Record<CountermeasureName, (recording: Recording) => Omit<Countermeasure, 'name'>>> = {
  autoscaling,
  'quality-adaptation': qualityAdaptation,
  'overflow-routing': overflowRouting,
  'load-shedding': loadShedding,
};

/**
 * Which tier gave way first, and what the target did about the surge: each countermeasure the source of the incident names
 * is looked for by itself. Undefined where the incident names none. Nothing of it counts in S.
 */
export function surgeOf(recording: Recording): Surge | undefined {
  const { countermeasures } = recording.plan.profile;
  if (!countermeasures) return undefined;
  return {
    firstTier: firstTierOf(recording),
    countermeasures: countermeasures.map((name) => ({ name, ...LOOKED_FOR[name](recording) })),
  };
}
