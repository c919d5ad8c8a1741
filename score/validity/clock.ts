import { SURVIVAL } from '../../core/constants.ts';
import type { Recording } from '../../core/recording.ts';
import type { Reason } from '../../core/score.ts';
import { number, seconds } from '../spoken.ts';

/** A wall clock set by more than a second during the run: times of target and generator no longer fit together. */
export function clockJump(recording: Recording): Reason[] {
  const [first, ...more] = clockJumps(recording);
  if (!first) return [];
  const again = more.length > 0 ? `, and ${number(more.length)} more times` : '';
  const says = `the generator's clock was set by ${seconds(first.by)} at ${number(first.second)} s${again}`;
  return [{ name: 'clock-jump', says, environmental: true }];
}

/** A step of the generator's wall clock. */
export interface Jump {
  readonly second: number;
  /** In milliseconds. */
  readonly by: number;
}

/** Where the drift of the wall clock changes by more than a second from one report to the next. */
export function clockJumps({ health }: Recording): Jump[] {
  const told = health
    .flatMap(({ second, clockDrift }) => (clockDrift === undefined ? [] : [{ second, drift: clockDrift }]))
    .toSorted((a, b) => a.second - b.second);
  return told.flatMap(({ second, drift }, index) => {
    const by = drift - (told[index - 1]?.drift ?? drift);
    return Math.abs(by) > SURVIVAL.clockJump ? [{ second, by }] : [];
  });
}
