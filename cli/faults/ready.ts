import { tmpdir } from 'node:os';
import { faults } from '../../chaos/faults.ts';
import type { Guard } from '../../chaos/guard.ts';
import { placed } from '../../chaos/placing.ts';
import { undone } from '../../chaos/undoing.ts';
import type { Plan } from '../../core/plan.ts';
import type { Actor } from '../../core/run.ts';
import type { Target } from '../../core/target.ts';
import { injectorsBeside } from './injectors.ts';

/** Makes the planned faults ready to be put in place; what cannot be is told when the run begins. */
export async function readyFaults(
  plan: Plan,
  { services }: Pick<Target, 'services'>,
  guard: Guard,
  results: string,
): Promise<Actor> {
  const injectors = injectorsBeside([results, guard.folder, tmpdir()]);
  return faults(await placed(plan.faults, { services, injectors, guard, undo: undone }));
}
