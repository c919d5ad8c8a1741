import type { Socket, Transport } from '../../core/transport.ts';
import type { Values } from './compile/scope.ts';
import type { CookieJar } from './cookies.ts';

/** One virtual user on the way through the steps of one operation. */
export interface Visit {
  readonly io: Transport;
  readonly cookies: CookieJar;
  readonly values: Values;
  /** The socket of the meeting that the person is in, once there is one. */
  socket: Socket | undefined;
}

/** Does one step; false when the target says that what was asked for does not exist. */
export type Step = (visit: Visit) => Promise<boolean>;

/** Walks steps in order, up to one that says what was asked for does not exist; false if there was one. */
export async function walk(steps: readonly Step[], visit: Visit): Promise<boolean> {
  for (const step of steps) if (!(await step(visit))) return false;
  return true;
}
