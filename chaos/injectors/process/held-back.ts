import { CannotInject } from '../../injector.ts';
import { statOf } from '../../process-identity.ts';
import type { ProcessIdentity, Undo } from '../../undo.ts';

/** How a process is let go of that a holder stops: the holder first, or it would stop the process again. */
export function continuing(holder: ProcessIdentity, target: ProcessIdentity, held: string): Undo {
  return {
    kind: 'all',
    parts: [
      { kind: 'holder', process: holder, held },
      { kind: 'continue', process: target },
    ],
  };
}

/** A process that somebody else has stopped would be continued at the end; throws CannotInject. */
export function mustGoOn(target: ProcessIdentity): void {
  const stat = statOf(target);
  if (!stat) throw new CannotInject(`process ${target.pid} has ended by itself`);
  if (isStopped(stat.state)) throw new CannotInject(`process ${target.pid} is stopped already`);
}

/** Whether a letter of ps(1) stands for a process that does nothing until it is continued. */
export function isStopped(state: string): boolean {
  return state === 'T' || state === 't';
}
