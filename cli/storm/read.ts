import { JOURNEYS } from '../../core/journey.ts';
import type { OperationClass, Profile } from '../../core/profile.ts';
import { readConfig } from '../config.ts';
import type { Console } from '../console.ts';
import type { Interruption } from '../interruption.ts';
import { OptionReader, type RawOptions } from '../options.ts';
import type { StormRequest } from './storm.ts';

/** A storm as it was asked for. */
export interface StormCommand extends Omit<StormRequest, 'interruption' | 'console'> {
  readonly demo: boolean;
  readonly repeat: number;
  readonly out: string | undefined;
  readonly json: boolean;
}

/** Reads what was said of a storm; throws Mistakes, all at once. */
export function readStorm(profile: Profile, raw: RawOptions, env: NodeJS.ProcessEnv): StormCommand {
  const options = new OptionReader(raw);
  const stormed = stormedClass(profile);
  const read = {
    target: options.text('target'),
    demo: options.flag('demo'),
    json: options.flag('json'),
    repeat: options.count('repeat', 1) ?? 1,
    out: options.text('out'),
    config: options.text('config'),
    owned: options.texts('i-own-this-target'),
    maxRate: options.amount('max-rate'),
    maxDuration: options.duration('max-duration'),
  };
  const planned = {
    pace: options.pace(),
    scale: options.amount('scale'),
    users: options.amount('users'),
    baseRate: options.amount('base-rate'),
    seed: options.count('seed', 0),
    capacity: options.capacity(stormed),
  };
  options.check();
  const config = readConfig(read.config, env);
  return {
    ...{ profile, target: read.target, demo: read.demo, repeat: read.repeat, out: read.out, json: read.json },
    config,
    permission: {
      owned: [...read.owned, ...(config?.owned ?? [])],
      maxRate: read.maxRate ?? config?.maxRate,
      maxDuration: read.maxDuration ?? config?.maxDuration,
    },
    planned: Object.fromEntries(Object.entries(planned).filter(([, value]) => value !== undefined)),
  };
}

/** A storm together with what it runs in. */
export function requestOf(command: StormCommand, interruption: Interruption, console: Console): StormRequest {
  return { ...command, interruption, console };
}

/** The class a bare --capacity speaks of: that of the storm. */
function stormedClass({ scenarios }: Profile): OperationClass {
  const storm = scenarios.find(({ role }) => role === 'storm') ?? scenarios[0];
  if (!storm) throw new Error('a profile without scenarios');
  return JOURNEYS[storm.journey].classes[0];
}
