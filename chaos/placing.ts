import { faultName } from '../core/fault.ts';
import type { Means, Services } from '../core/means.ts';
import type { PlannedFault } from '../core/plan.ts';
import type { Guard } from './guard.ts';
import { CannotInject, type Injector, type Injectors, type Prepared } from './injector.ts';
import { type Placement, placementOf } from './placement.ts';
import type { Undo } from './undo.ts';

/** What faults are put in place with. */
export interface Equipment {
  readonly services: Services;
  readonly injectors: Injectors;
  readonly guard: Guard;
  readonly undo: (undo: Undo) => Promise<void>;
}

/** A planned fault and where it is going to be, or why it cannot be anywhere. */
export type Placed =
  | { readonly kind: 'placed'; readonly planned: PlannedFault; readonly places: readonly Placement[] }
  | { readonly kind: 'unplaced'; readonly planned: PlannedFault; readonly why: string };

/** Finds the means for every planned fault and makes it ready; nothing is touched. */
export function placed(faults: readonly PlannedFault[], equipment: Equipment): Promise<readonly Placed[]> {
  return Promise.all(faults.map((planned, index) => placedOne(planned, index, equipment)));
}

async function placedOne(planned: PlannedFault, index: number, equipment: Equipment): Promise<Placed> {
  const { fault } = planned;
  const { services } = equipment;
  const mapped = services[fault.service] ?? (fault.otherwise && services[fault.otherwise]) ?? [];
  const reached = mapped.filter(
    ({ part, within }) => fault.part === undefined || part === fault.part || within === fault.part,
  );
  if (reached.length === 0) return { kind: 'unplaced', planned, why: unmapped(planned, mapped) };
  const places: Placement[] = [];
  try {
    for (const part of partsFor(planned, reached, equipment.injectors)) {
      const own = reached.filter((means) => means.part === part);
      const name = `st_${equipment.guard.run}_${index}${places.length > 0 ? `_${places.length}` : ''}`;
      const prepared = await preparedBy(own, planned, name, equipment.injectors);
      places.push(placementOf({ name, planned, prepared, guard: equipment.guard, undo: equipment.undo }));
    }
    return { kind: 'placed', planned, places };
  } catch (error) {
    await Promise.all(places.map((place) => place.close()));
    if (error instanceof CannotInject) return { kind: 'unplaced', planned, why: error.message };
    throw error;
  }
}

/** A fault that names no part goes wherever the configuration says how it can; where it can nowhere, that is told. */
function partsFor(
  { fault }: PlannedFault,
  reached: readonly Means[],
  injectors: Injectors,
): ReadonlySet<Means['part']> {
  const able = reached.filter((means) => (injectors[means.by] as Injector | undefined)?.can(fault.does, means));
  const parts = fault.part === undefined && able.length > 0 ? able : reached;
  return new Set(parts.map(({ part }) => part));
}

function unmapped({ fault }: PlannedFault, mapped: readonly Means[]): string {
  if (mapped.length === 0) return `the target's configuration does not say how its ${fault.service} is reached`;
  const parts = [...new Set(mapped.flatMap(({ part, within }) => [part ?? [], within ?? []].flat()))].join(', ');
  return `the ${fault.service} has no part "${fault.part}" (it has ${parts || 'no parts'})`;
}

async function preparedBy(
  own: readonly Means[],
  { fault, from, to }: PlannedFault,
  name: string,
  injectors: Injectors,
): Promise<Prepared> {
  for (const means of own) {
    // One that is found by what the means are takes means of that kind.
    const injector = injectors[means.by] as unknown as Injector | undefined;
    if (injector?.can(fault.does, means))
      return injector.prepare({ name, does: fault.does, means, lasting: to - from });
  }
  const kinds = own.map(({ by }) => by).join(', ');
  throw new CannotInject(`${faultName(fault)} cannot be done by what the configuration gives (${kinds})`);
}
