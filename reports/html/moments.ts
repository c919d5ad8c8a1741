import type { FaultEvent } from '../../core/event.ts';
import { faultName } from '../../core/fault.ts';
import { phaseOf } from '../../core/plan.ts';
import type { Recording } from '../../core/recording.ts';
import type { Score } from '../../core/score.ts';

/** Something that happened at one moment of a run; plots mark it by its letter. */
export interface Moment {
  readonly letter: string;
  readonly second: number;
  readonly says: string;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** As many moments as there are letters, in order of time, and how many there are besides. */
export interface Moments {
  readonly moments: readonly Moment[];
  readonly left: number;
}

/** What to mark in plots: faults, deaths, the return to normal, an early end. */
export function momentsOf(recording: Recording, score: Score): Moments {
  const { plan, faults, deaths, closed } = recording;
  const found = [
    ...faults.map((event) => ({ at: event.at, says: faultSays(recording, event) })),
    ...deaths.map(({ at, process, says }) => ({ at, says: `${process} ended: ${says}` })),
    ...(score.recoveredAfter === undefined
      ? []
      : [{ at: phaseOf(plan, 'storm').to + score.recoveredAfter * 1_000, says: 'itself again' }]),
    ...(closed && closed.reason !== 'completed'
      ? [{ at: closed.at, says: `${closed.reason}: ${closed.says ?? ''}` }]
      : []),
  ];
  const moments = found
    .sort((a, b) => a.at - b.at)
    .slice(0, LETTERS.length)
    .map(({ at, says }, place) => ({ letter: LETTERS[place] ?? '', second: at / 1_000, says }));
  return { moments, left: found.length - moments.length };
}

function faultSays({ plan }: Recording, { fault, state, says }: FaultEvent): string {
  const planned = plan.faults[fault]?.fault;
  const named = planned ? faultName(planned) : `fault ${fault + 1}`;
  return `${named} ${state}: ${says}`;
}
