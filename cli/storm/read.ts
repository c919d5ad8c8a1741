import { toxiproxyClient } from '../../chaos/toxiproxy/client.ts';
import { JOURNEYS } from '../../core/journey.ts';
import { Mistakes } from '../../core/mistake.ts';
import { plan } from '../../core/planning/plan.ts';
import type { PlanRequest } from '../../core/planning/request.ts';
import type { OperationClass, Profile } from '../../core/profile.ts';
import { type Config, readConfig } from '../config.ts';
import type { Console } from '../console.ts';
import { intentsFolder } from '../faults/state-folder.ts';
import type { Interruption } from '../interruption.ts';
import type { OptionReader } from '../options.ts';
import type { Permission } from '../safety.ts';
import { wantedTarget } from '../target/wanted.ts';
import { RESULTS_FOLDER, refuseTaken, resultsName } from './results.ts';
import type { StormRequest } from './storm.ts';

/** A storm as it was asked for. */
export interface StormCommand extends Omit<StormRequest, 'interruption' | 'console'> {
  readonly demo: boolean;
  readonly repeat: number;
  /** Where the results go; nothing stands in the way there. */
  readonly folder: string;
  readonly json: boolean;
}

/** Reads what was said of a storm; throws Mistakes, all at once, before anything is started. */
export function readStorm(profile: Profile, options: OptionReader, env: NodeJS.ProcessEnv): StormCommand {
  const target = options.text('target');
  const [demo, json] = [options.flag('demo'), options.flag('json')];
  const repeat = options.count('repeat', 1, MOST_RUNS);
  const out = options.text('out');
  const sized = readSize(profile, options, env);
  const toxiproxy = options.text('toxiproxy');
  options.attempt(() => toxiproxy && toxiproxyClient(toxiproxy));
  options.attempt(() => refuseContradiction(demo, target, repeat));
  // Without the configuration nobody knows which names there are.
  const judged = sized.configured && options.has('target') === (target !== undefined);
  if (!demo && judged) options.attempt(() => wantedTarget(target, sized.config));
  const runs = demo ? [profile.answers.weak, 'hardened'] : numbered(repeat ?? 1);
  const folder = out ?? folderOf(profile, demo ? 'demo' : target);
  options.attempt(() => refuseTaken(folder, runs));
  options.check();
  const { config, permission, planned } = sized;
  const intents = intentsFolder(env);
  return { profile, target, config, permission, planned, toxiproxy, intents, demo, repeat: repeat ?? 1, folder, json };
}

/** What sizes and bounds a storm, as far as it could be read. */
interface Sized {
  readonly config: Config | undefined;
  readonly configured: boolean;
  readonly permission: Permission;
  readonly planned: PlanRequest;
}

/** Reads the size of a storm and its caps, also of an incident that nobody knows; mistakes stay with the options. */
export function readSize(profile: Profile | undefined, options: OptionReader, env: NodeJS.ProcessEnv): Sized {
  const file = options.text('config');
  const [maxRate, maxDuration] = [options.amount('max-rate'), options.duration('max-duration')];
  const owned = options.texts('i-own-this-target');
  const planned = {
    pace: options.pace(),
    scale: options.amount('scale'),
    users: options.amount('users'),
    baseRate: options.amount('base-rate'),
    seed: options.count('seed', 0),
    capacity: options.capacity(profile ? stormedClass(profile) : 'login'),
    with: options.has('with') ? options.texts('with').flatMap((names) => names.split(',')) : undefined,
  };
  const known: PlanRequest = Object.fromEntries(Object.entries(planned).filter(([, value]) => value !== undefined));
  // A plan that nothing is known of but the request finds what is wrong with that.
  options.attempt(() => profile && plan(profile, known));
  const read = options.attempt(() => ({ config: readConfig(file, env) }));
  const config = read?.config;
  const permission = {
    owned: [...owned, ...(config?.owned ?? [])],
    maxRate: maxRate ?? config?.maxRate,
    maxDuration: maxDuration ?? config?.maxDuration,
  };
  return { config, configured: read !== undefined, permission, planned: known };
}

/** A storm together with what it runs in. */
export function requestOf(command: StormCommand, interruption: Interruption, console: Console): StormRequest {
  return { ...command, interruption, console };
}

/** More would take days; whoever asks for them made a typing mistake. */
const MOST_RUNS = 1_000;

function refuseContradiction(demo: boolean, target: string | undefined, repeat: number | undefined): void {
  const mend = 'leave one of them out';
  const what = 'contradict each other: a demonstration storms two targets of its own, once each';
  const others = [target !== undefined && '--target', repeat !== undefined && '--repeat'].filter(Boolean);
  if (demo && others.length > 0) throw Mistakes.of(['--demo', ...others].join(', '), what, mend);
}

function numbered(repeat: number): readonly string[] {
  return repeat === 1 ? [''] : Array.from({ length: repeat }, (_, i) => String(i + 1));
}

function folderOf({ name }: Profile, target: string | undefined): string {
  return `${RESULTS_FOLDER}/${resultsName(name, target ?? 'nothing', new Date())}`;
}

/** The class a bare --capacity speaks of: that of the storm. */
function stormedClass({ scenarios }: Profile): OperationClass {
  const storm = scenarios.find(({ role }) => role === 'storm') ?? scenarios[0];
  if (!storm) throw new Error('a profile without scenarios');
  return JOURNEYS[storm.journey].classes[0];
}
