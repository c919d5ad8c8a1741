import { SURVIVAL } from '../../core/constants.ts';
import { type MachineUse, takenOf } from '../../core/machine-use.ts';
import type { Recording } from '../../core/recording.ts';
import type { Reason } from '../../core/score.ts';
import type { Measured } from '../measured.ts';
import { mean } from '../percentile.ts';
import { scoredSpan } from '../phases.ts';
import { isInSpan, type Span } from '../span.ts';
import { counted, percent } from '../spoken.ts';

/**
 * Others took so much of the machine that a target which the run itself started there had another capacity than the one it
 * was tuned to. Of a target elsewhere this says nothing: whether the generator suffers shows in the generator.
 */
export function machineShared({ recording, phases }: Measured): Reason[] {
  const sharing = sharingIn(recording, scoredSpan(phases));
  return sharing === undefined ? [] : [{ name: 'machine-shared', says: sharing, environmental: true }];
}

/** How much others took of the machine in a stretch of time, in one sentence; undefined when it does not matter. */
export function sharingIn(recording: Recording, span: Span): string | undefined {
  if (!recording.target.alongside) return undefined;
  const taken = usesIn(recording, span).map(takenOf);
  const bad = taken.filter((share) => share > SURVIVAL.machine.taken);
  if (bad.length <= SURVIVAL.machine.badSecondsShare * taken.length) return undefined;
  const seconds = `${counted(bad.length, 'second')} of ${taken.length}`;
  return `others took ${percent(mean(bad) ?? 0)} of the machine in ${seconds}, and the target was tuned without them`;
}

/** What the generator's machine was doing, second by second, as far as it is told. */
export function usesIn({ health }: Recording, span: Span): MachineUse[] {
  return health.flatMap(({ second, machine }) => (machine && isInSpan(span, second) ? [machine] : []));
}
