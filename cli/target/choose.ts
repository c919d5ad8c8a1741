import { dirname } from 'node:path';
import type { Fault } from '../../core/fault.ts';
import type { Capacity } from '../../core/target.ts';
import type { Calibration, Cost } from '../../targets/reference/start.ts';
import type { Config } from '../config.ts';
import type { Proxies } from '../faults/proxies.ts';
import type { Permission } from '../safety.ts';
import { type ChosenTarget, chosenFrom } from './chosen.ts';
import { populationOf } from './population.ts';
import { wantedTarget } from './wanted.ts';

export interface TargetRequest {
  /** `reference:2020`, a name in the configuration, or a URL. */
  readonly wanted: string | undefined;
  readonly config: Config | undefined;
  readonly permission: Permission;
  readonly capacity: Capacity | undefined;
  readonly seed: number;
  /** For a reference target to be started like another one just before, or to begin its tuning where that one's ended. */
  readonly calibration?: Calibration | Cost | undefined;
  /** Whether people are going to send media: a reference target has media servers then only. */
  readonly media: boolean;
  /** Whether meetings are going to be recorded: a reference target has a volume for that then only. */
  readonly recordings: boolean;
  /** Whether people are going to fetch the web client: a reference target has edges then only. */
  readonly edges: boolean;
  /** What is going to be broken: only what that needs is put before the target. */
  readonly faults: readonly Fault[];
  readonly proxies: Proxies;
  /** The Toxiproxy that declared proxies are in, when they do not say so themselves. */
  readonly toxiproxy?: string | undefined;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** Finds the target the user means, and starts it when it is ours. Throws Mistakes; nothing is started then. */
export async function chooseTarget(request: TargetRequest): Promise<ChosenTarget> {
  const wanted = wantedTarget(request.wanted, request.config);
  // Loaded when they are needed: a third of the start of a run on somebody's own target.
  if (wanted.kind === 'reference') return (await import('./reference.ts')).startedReference(wanted.make, request);
  if (wanted.kind === 'address') return (await import('./running-reference.ts')).runningReference(wanted.url, request);
  const { name, described } = wanted;
  // A name that is declared is declared in a configuration.
  const folder = dirname(request.config?.file ?? '.');
  const population = populationOf(described.declaration.people, folder);
  return chosenFrom({ ...request, name, described, folder, population });
}
