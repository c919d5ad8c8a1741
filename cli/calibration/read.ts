import { JOURNEYS } from '../../core/journey.ts';
import { Mistakes } from '../../core/mistake.ts';
import { nearest } from '../../core/nearest.ts';
import type { Operation } from '../../core/target.ts';
import { triesToShow } from '../../score/proportion.ts';
import { type Config, readConfig } from '../config.ts';
import type { OptionReader } from '../options.ts';
import type { Permission } from '../safety.ts';
import { wantedTarget } from '../target/wanted.ts';
import type { SearchTerms } from './search.ts';
import { CALIBRATED, type CalibratedClass, type StepTerms } from './step-plan.ts';

/** A calibration as it was asked for. */
export interface CalibrationTerms {
  readonly target: string | undefined;
  readonly config: Config | undefined;
  readonly permission: Permission;
  readonly seed: number;
  readonly share: number;
  readonly search: SearchTerms;
  readonly step: Omit<StepTerms, 'rate' | 'length'>;
  readonly needs: readonly Operation[];
  /** Milliseconds of a step at a rate: long enough to show the share at all. */
  lengthAt(rate: number): number;
  readonly dry: boolean;
  readonly json: boolean;
}

const MOST_STEPS = 16;
const LONGEST_STEP = 60_000;

/** Reads what was said of a calibration; throws Mistakes, all at once, before anything is started. */
export function readCalibration(options: OptionReader, env: NodeJS.ProcessEnv): CalibrationTerms {
  const [target, file, share = 0.99] = [options.text('target'), options.text('config'), options.amount('share')];
  const [from = 10, given] = [options.amount('from'), options.amount('max-rate')];
  const [deadline = 1_000, least = 8_000] = [options.duration('deadline'), options.duration('step')];
  const maxDuration = options.duration('max-duration');
  const seed = options.count('seed', 0) ?? 1;
  const owned = options.texts('i-own-this-target');
  const name = options.attempt(() => classNamed(options.text('class') ?? 'login')) ?? 'login';
  const config = options.attempt(() => readConfig(file, env));
  if (options.has('target') === (target !== undefined)) options.attempt(() => wantedTarget(target, config));
  const most = given ?? config?.maxRate ?? 1_000;
  const permission = {
    owned: [...owned, ...(config?.owned ?? [])],
    maxRate: given ?? config?.maxRate,
    maxDuration: maxDuration ?? config?.maxDuration,
  };
  const lengthAt = (rate: number) => Math.min(LONGEST_STEP, Math.max(least, (triesToShow(share) * 1_250) / rate));
  options.attempt(() => refuseUnsound({ share, least, from, most }));
  options.attempt(() => refuseLong(MOST_STEPS * (lengthAt(from) + 4 * deadline + 5_000), permission.maxDuration));
  options.check();
  return {
    ...{ target, config, permission, seed, share, lengthAt },
    search: { from, most, closeness: 1.12, steps: MOST_STEPS },
    step: { class: name, deadline, seed },
    needs: JOURNEYS[CALIBRATED[name]].needs,
    dry: options.flag('dry-run'),
    json: options.flag('json'),
  };
}

function classNamed(name: string): CalibratedClass {
  if (Object.hasOwn(CALIBRATED, name)) return name as CalibratedClass;
  const known = Object.keys(CALIBRATED);
  const meant = nearest(name, known);
  const mend = meant ? `did you mean ${meant}?` : `known are ${known.join(', ')}`;
  throw Mistakes.of('--class', `"${name}" cannot be calibrated`, mend);
}

function refuseUnsound({
  share,
  least,
  from,
  most,
}: {
  share: number;
  least: number;
  from: number;
  most: number;
}): void {
  const mistakes = [];
  if (share >= 1)
    mistakes.push({ where: '--share', what: `${share} cannot be shown by any number of tries`, mend: 'such as 0.99' });
  if (least > LONGEST_STEP) mistakes.push({ where: '--step', what: `is longer than ${LONGEST_STEP / 1_000} s` });
  if (from > most) mistakes.push({ where: '--from', what: `${from}/s is above --max-rate ${most}/s` });
  if (mistakes.length > 0) throw new Mistakes(mistakes);
}

/** Load beyond a cap is refused, never clipped. */
function refuseLong(longest: number, cap: number | undefined): void {
  if (cap === undefined || longest <= cap) return;
  const what = `the search may take ${Math.ceil(longest / 1_000)} s, the cap is ${Math.floor(cap / 1_000)} s`;
  throw Mistakes.of('--max-duration', what, 'begin at a higher --from, with a shorter --step, or raise the cap');
}
