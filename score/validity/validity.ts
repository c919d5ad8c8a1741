import type { Reason } from '../../core/score.ts';
import type { Measured } from '../measured.ts';
import { baselineNotSteady } from './baseline.ts';
import { clockJump } from './clock.ts';
import { noData } from './data.ts';
import { faultsNotProven } from './faults.ts';
import { generatorSaturated } from './generator.ts';
import { interrupted } from './interrupted.ts';
import { machineShared } from './machine.ts';

/** Every reason for which a run proves nothing, the weightiest first; none for a valid run. */
export function reasonsAgainst(measured: Measured): Reason[] {
  const { recording } = measured;
  return [
    ...interrupted(recording),
    ...noData(measured),
    ...clockJump(recording),
    ...generatorSaturated(measured),
    ...machineShared(measured),
    ...faultsNotProven(recording),
    ...baselineNotSteady(measured),
  ];
}
