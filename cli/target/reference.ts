import type { Death } from '../../core/event.ts';
import type { Population } from '../../core/person.ts';
import { peopleOf } from '../../generators/people.ts';
import { parseHttpDeclaration } from '../../targets/http/schema.ts';
import { referenceDeclaration } from '../../targets/reference/declaration.ts';
import { type Make, nameOf } from '../../targets/reference/make.ts';
import { type ReferenceOptions, type RunningReference, startReference } from '../../targets/reference/start.ts';
import { betweenParts } from './between.ts';
import type { TargetRequest } from './choose.ts';
import { type ChosenTarget, chosenFrom } from './chosen.ts';

/** How many accounts the reference target has: as many as can be given a real hash in about two seconds. */
export const REFERENCE_PEOPLE = 200;

/** Starts a reference target with the people of a seed. */
export async function startedReference(make: Make, request: TargetRequest): Promise<ChosenTarget> {
  const population: Population = { from: 'seed', count: REFERENCE_PEOPLE };
  const listeners: ((death: Pick<Death, 'process' | 'says'>) => void)[] = [];
  const between = betweenParts(request.faults, request.proxies);
  const running = await startMake(make, {
    ...request,
    route: between.route,
    onDeath: (death) => {
      for (const listener of listeners) listener(death);
    },
  });
  try {
    const declaration = parseHttpDeclaration(referenceDeclaration(running), 'targets.reference', {});
    const described = { kind: 'http', declaration } as const;
    const chosen = await chosenFrom({ ...request, name: `reference:${nameOf(make)}`, described, population });
    const { calibration } = running;
    return {
      ...chosen,
      target: { ...chosen.target, services: between.over(running.services) },
      calibration,
      onDeath: (listener) => listeners.push(listener),
      stop: () => running.stop(),
    };
  } catch (thrown) {
    await running.stop();
    throw thrown;
  }
}

/** Starts a reference target with an account for everybody a seed makes up. */
export function startMake(
  make: Make,
  options: Pick<TargetRequest, 'seed' | 'signal' | 'log' | 'media' | 'edges'> &
    Pick<ReferenceOptions, 'recordings'> & {
      readonly onDeath: (death: Pick<Death, 'process' | 'says'>) => void;
      readonly port?: number;
      readonly route?: NonNullable<ReferenceOptions['route']>;
    },
): Promise<RunningReference> {
  const { seed, ...rest } = options;
  const people = peopleOf({ from: 'seed', count: REFERENCE_PEOPLE }, seed);
  const accounts = Array.from({ length: people.count }, (_, i) => people.person(i));
  return startReference(make.variant, {
    ...rest,
    changes: make.changes,
    accounts,
    population: { seed, count: people.count },
  });
}
