import { SURVIVAL } from '../constants.ts';
import { JOURNEYS } from '../journey.ts';
import type { Mistake } from '../mistake.ts';
import type { Plan } from '../plan.ts';
import type { OperationClass } from '../profile.ts';
import { mistakesOfRungs } from './meetings.ts';

/** No generator on one machine comes near; whoever asks for more made a typing mistake. */
const ABSURD_RATE = 1_000_000;
const DAY = 86_400_000;

/** What keeps a plan from proving anything, or from ending; where places are few, a larger size is no way out. */
export function* mistakesOfPlan(made: Plan, places?: number): Generator<Mistake> {
  const { bounds, pace, scenarios, capacity, profile } = made;
  for (const scenario of profile.scenarios)
    if (scenario.executor === 'meetings') yield* mistakesOfRungs(scenario.name, scenario);
  if (!scenarios.some(({ role }) => role !== 'bystander'))
    yield {
      where: 'target',
      what: `offers none of what ${made.profile.name} storms (${lackedBy(made)})`,
      mend: 'describe these operations in the configuration',
    };
  if (bounds.peakRate > ABSURD_RATE)
    yield {
      where: '--scale, --users, --base-rate',
      what: `${Math.round(bounds.peakRate)} arrivals/s at the peak are more than any machine makes`,
      mend: 'ask for a smaller size',
    };
  if (bounds.length > DAY) yield { where: 'length', what: 'the run would take more than a day' };
  for (const { name, weight } of made.classes) {
    const base = baseRateOf(made, name);
    const declared = capacity[name];
    if (base === 0) continue;
    if (declared !== undefined && base > SURVIVAL.mostBaseShare * declared)
      yield {
        where: 'base load',
        what: `${base.toFixed(1)} ${name}/s is more than 30 % of the declared capacity of ${declared}/s: nothing can recover, and nothing is proven`,
        mend: `ask for --base-rate ${(SURVIVAL.baseShare * declared).toFixed(0)} or less`,
      };
    if (pace === 'quick' && weight > 0 && base < SURVIVAL.leastQuickBase)
      yield {
        where: 'base load',
        what: `${base.toFixed(1)} ${name}/s is too little for quick windows, which need ${SURVIVAL.leastQuickBase}/s`,
        mend: places === undefined ? 'ask for --pace natural, or a larger size' : 'ask for --pace natural',
      };
  }
}

function lackedBy(made: Plan): string {
  return [...new Set(made.uncovered.flatMap(({ lacks }) => lacks))].join(', ');
}

function baseRateOf(made: Plan, name: OperationClass): number {
  const carriers = made.scenarios.filter(
    ({ role, model, journey }) => role === 'base' && model === 'open' && JOURNEYS[journey].classes.includes(name),
  );
  return carriers.reduce((sum, { curve, meetings }) => {
    if (!meetings) return sum + (curve[0]?.startRate ?? 0);
    // Of people in meetings every second counts; how often one comes says nothing.
    return name === 'media' ? sum + meetings.count * (meetings.rungs[0]?.size ?? 0) : sum;
  }, 0);
}
