import { Mistakes } from '../../core/mistake.ts';
import { nearest } from '../../core/nearest.ts';
import type { Capacity } from '../../core/target.ts';
import type { HttpDeclaration } from '../../targets/http/declaration.ts';
import type { Calibration } from '../../targets/reference/start.ts';
import type { Config } from '../config.ts';
import type { Permission } from '../safety.ts';
import { type ChosenTarget, chosenFrom } from './chosen.ts';
import { populationOf } from './population.ts';
import { startedReference, variantNamed } from './reference.ts';
import { runningReference } from './running-reference.ts';

export interface TargetRequest {
  /** `reference:2020`, a name in the configuration, or a URL. */
  readonly wanted: string | undefined;
  readonly config: Config | undefined;
  readonly permission: Permission;
  readonly capacity: Capacity | undefined;
  readonly seed: number;
  /** For a reference target to be started like another one just before. */
  readonly calibration: Calibration | undefined;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** Finds the target the user means, and starts it when it is ours. Throws Mistakes; nothing is started then. */
export async function chooseTarget(request: TargetRequest): Promise<ChosenTarget> {
  const { wanted, config } = request;
  if (wanted === undefined) throw missing(config);
  if (wanted.startsWith('reference:'))
    return startedReference(variantNamed(wanted.slice('reference:'.length)), request);
  if (/^https?:\/\//i.test(wanted)) return byUrl(wanted, request);
  if (config?.targets.includes(wanted)) return declared(wanted, config.target(wanted), request);
  throw unknown(wanted, config);
}

async function byUrl(url: string, request: TargetRequest): Promise<ChosenTarget> {
  const { config } = request;
  if (!URL.canParse(url)) throw Mistakes.of('--target', `"${url}" is not a URL`, 'for example http://127.0.0.1:8080');
  const [only, ...more] = config?.targets ?? [];
  if (config && only !== undefined && more.length === 0) {
    const declaration = { ...config.target(only), url: url.replace(/\/+$/, '') };
    return declared(only, declaration, request);
  }
  if (config && more.length > 0)
    throw Mistakes.of(
      '--target',
      `${config.file} declares several targets`,
      `name one of ${config.targets.join(', ')}`,
    );
  return runningReference(url, request);
}

async function declared(name: string, declaration: HttpDeclaration, request: TargetRequest): Promise<ChosenTarget> {
  const population = populationOf(declaration.people);
  return chosenFrom({ name, declaration, population, capacity: request.capacity, permission: request.permission });
}

function missing(config: Config | undefined): Mistakes {
  const known = config?.targets.length ? ` (${config.file} declares ${config.targets.join(', ')})` : '';
  return Mistakes.of(
    '--target',
    `is missing: nothing was stormed${known}`,
    'give --target URL, --target NAME of your stormtest.config.yaml, or --target reference:2020; --demo shows how it works on a target of its own',
  );
}

function unknown(wanted: string, config: Config | undefined): Mistakes {
  const known = [...(config?.targets ?? []), 'reference:2020', 'reference:hardened'];
  const meant = nearest(wanted, known);
  return Mistakes.of(
    '--target',
    `there is no target "${wanted}"`,
    meant ? `did you mean ${meant}?` : `known are ${known.join(', ')}; a URL begins with http:// or https://`,
  );
}
