import type { Gate, Score } from '../../core/score.ts';
import type { Measured } from '../measured.ts';
import { bystanders } from './bystanders.ts';
import { dataLost } from './data-lost.ts';
import { notRecovered } from './not-recovered.ts';
import { promises } from './promises.ts';
import { unplannedDeath } from './unplanned-death.ts';
import { wronglyGranted } from './wrongly-granted.ts';

/** All gates, those first whose evidence does not depend on the generator. */
export function gatesOf(measured: Measured, mechanism: Score['mechanism']): Gate[] {
  const { recording } = measured;
  return [
    unplannedDeath(recording),
    dataLost(recording),
    wronglyGranted(recording),
    notRecovered(measured, mechanism),
    bystanders(measured),
    promises(measured),
  ];
}

/** Whether a gate counts even when the run is invalid otherwise. */
export function outranksInvalidity({ name }: Gate): boolean {
  return name === 'unplanned-death' || name === 'data-lost' || name === 'wrongly-granted';
}
