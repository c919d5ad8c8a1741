import { arrivalsIn } from '../core/curve.ts';
import { spoken } from '../core/duration.ts';
import type { Plan, PlannedScenario } from '../core/plan.ts';
import { count } from './format.ts';
import { loadCurve } from './load-curve.ts';

/** What a run would do, before it does it: load, phases, bounds, and what it asks of the generator's machine. */
export function planText(plan: Plan, width: number): string {
  const { profile, bounds, scale, pace, seed, uncovered, components } = plan;
  const scenarios = plan.scenarios.map((scenario) => `  ${scenarioLine(scenario)}`);
  const lacking = uncovered.map(
    ({ scenario, lacks, partly }) =>
      `  ${scenario}: ${partly ? 'covered in part' : 'not covered'}, the target lacks ${lacks.join(', ')}`,
  );
  return [
    `${profile.name}: ${profile.title}`,
    `${pace} pace, scale ${Number(scale.toFixed(3))}, seed ${seed}; judged on ${components.join(', ')}`,
    '',
    ...loadCurve(plan, Math.min(width, 100)),
    '',
    'Who arrives',
    ...scenarios,
    ...lacking,
    '',
    'At most',
    `  ${count(bounds.arrivals)} people, ${count(Math.ceil(bounds.peakRate))} arrivals/s at the peak`,
    `  ${count(bounds.inFlight)} virtual users at once, a connection each when the target is slow`,
    `  ${spoken(bounds.length)}, the probe of a target that does not recover included`,
  ].join('\n');
}

function scenarioLine({ name, journey, role, model, curve, maxVUs, signedIn }: PlannedScenario): string {
  const people = curve.reduce((sum, segment) => sum + arrivalsIn(segment), 0);
  const load = model === 'open' ? `${count(Math.round(people))} arrivals` : 'a closed loop, not scored';
  const before = signedIn > 0 ? `, ${signedIn} people signed in before` : '';
  return `${name} (${role}): ${load} on the journey "${journey}", at most ${count(maxVUs)} at once${before}`;
}
