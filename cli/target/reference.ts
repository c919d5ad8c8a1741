import type { Address } from '../../chaos/probes/address.ts';
import type { Death } from '../../core/event.ts';
import type { Means } from '../../core/means.ts';
import type { Population } from '../../core/person.ts';
import { peopleOf } from '../../generators/people.ts';
import { parseHttpDeclaration } from '../../targets/http/schema.ts';
import { referenceDeclaration } from '../../targets/reference/declaration.ts';
import { type ReferenceOptions, type RunningReference, startReference } from '../../targets/reference/start.ts';
import type { VariantName } from '../../targets/reference/variants.ts';
import type { TargetRequest } from './choose.ts';
import { type ChosenTarget, chosenFrom } from './chosen.ts';
import { isNeeded } from './services.ts';

/** How many accounts the reference target has: as many as can be given a real hash in about two seconds. */
export const REFERENCE_PEOPLE = 200;

/** Starts a variant of the reference target with the people of a seed. */
export async function startedReference(variant: VariantName, request: TargetRequest): Promise<ChosenTarget> {
  const population: Population = { from: 'seed', count: REFERENCE_PEOPLE };
  const listeners: ((death: Pick<Death, 'process' | 'says'>) => void)[] = [];
  const { faults, proxies } = request;
  const isProxied = isNeeded('database', { database: [] }, faults);
  let proxied: Means | undefined;
  const route = async (service: 'database', upstream: Address): Promise<Address> => {
    const { listen, means } = await proxies.before(service, upstream);
    proxied = { ...means, speaks: { kind: 'postgres' } };
    return listen;
  };
  const running = await startVariant(variant, {
    ...request,
    ...(isProxied && { route }),
    onDeath: (death) => {
      for (const listener of listeners) listener(death);
    },
  });
  try {
    const declaration = parseHttpDeclaration(referenceDeclaration(running), 'targets.reference', {});
    const chosen = await chosenFrom({ ...request, name: `reference:${variant}`, declaration, population });
    const { calibration } = running;
    const database = [...(proxied ? [proxied] : []), ...(running.services.database ?? [])];
    return {
      ...chosen,
      target: { ...chosen.target, services: { ...running.services, database } },
      calibration,
      onDeath: (listener) => listeners.push(listener),
      stop: () => running.stop(),
    };
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
    readonly route?: NonNullable<ReferenceOptions['route']>;
  },
): Promise<RunningReference> {
  const { seed, ...rest } = options;
  const people = peopleOf({ from: 'seed', count: REFERENCE_PEOPLE }, seed);
  const accounts = Array.from({ length: people.count }, (_, i) => people.person(i));
  return startReference(variant, { ...rest, accounts, population: { seed, count: people.count } });
}
