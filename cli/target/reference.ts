import type { Death } from '../../core/event.ts';
import { Mistakes } from '../../core/mistake.ts';
import { nearest } from '../../core/nearest.ts';
import type { Population } from '../../core/person.ts';
import { peopleOf } from '../../generators/people.ts';
import { parseHttpDeclaration } from '../../targets/http/schema.ts';
import { referenceDeclaration } from '../../targets/reference/declaration.ts';
import { type RunningReference, startReference } from '../../targets/reference/start.ts';
import { VARIANTS, type VariantName } from '../../targets/reference/variants.ts';
import type { TargetRequest } from './choose.ts';
import { type ChosenTarget, chosenFrom } from './chosen.ts';

/** How many accounts the reference target has: as many as can be given a real hash in about two seconds. */
export const REFERENCE_PEOPLE = 200;

/** The variant of a name that stands in `where`; throws Mistakes with the nearest one. */
export function variantNamed(name: string, where = '--target'): VariantName {
  if (Object.hasOwn(VARIANTS, name)) return name as VariantName;
  const known = Object.keys(VARIANTS);
  const meant = nearest(name, known);
  throw Mistakes.of(
    where,
    `the reference target has no variant "${name}"`,
    meant ? `did you mean reference:${meant}?` : `it has ${known.join(', ')}`,
  );
}

/** Starts a variant of the reference target with the people of a seed. */
export async function startedReference(variant: VariantName, request: TargetRequest): Promise<ChosenTarget> {
  const population: Population = { from: 'seed', count: REFERENCE_PEOPLE };
  const listeners: ((death: Pick<Death, 'process' | 'says'>) => void)[] = [];
  const running = await startVariant(variant, {
    ...request,
    onDeath: (death) => {
      for (const listener of listeners) listener(death);
    },
  });
  try {
    const declaration = parseHttpDeclaration(referenceDeclaration(running), 'targets.reference', {});
    const { capacity, permission } = request;
    const chosen = await chosenFrom({ name: `reference:${variant}`, declaration, population, capacity, permission });
    const { calibration } = running;
    return { ...chosen, calibration, onDeath: (listener) => listeners.push(listener), stop: () => running.stop() };
  } catch (thrown) {
    await running.stop();
    throw thrown;
  }
}

/** Starts a variant with an account for everybody a seed makes up. */
export function startVariant(
  variant: VariantName,
  options: Pick<TargetRequest, 'seed' | 'signal' | 'log'> & {
    readonly onDeath: (death: Pick<Death, 'process' | 'says'>) => void;
    readonly port?: number;
  },
): Promise<RunningReference> {
  const { seed, ...rest } = options;
  const people = peopleOf({ from: 'seed', count: REFERENCE_PEOPLE }, seed);
  const accounts = Array.from({ length: people.count }, (_, i) => people.person(i));
  return startReference(variant, { ...rest, accounts, population: { seed, count: people.count } });
}
