import type { Comings } from '../core/event.ts';
import { Failure } from '../core/failure.ts';
import type { Presence } from './presence.ts';
import type { Stay } from './stays.ts';

/** How somebody stays in a meeting. */
export interface Staying {
  readonly stay: Stay;
  /** When they are planned to leave, in milliseconds on the run's clock. */
  readonly until: number;
  now(): number;
  /** Waits on the run's clock; rejects when the run stops. */
  pause(ms: number): Promise<void>;
  /** Tries to get in again, once. */
  again(): Promise<Presence>;
  /** Notes how they came back, or lost it. */
  came(how: Partial<Comings>): void;
  /** How long to wait after so many attempts that failed. */
  pauseAfter(attempts: number, failure: Failure): number;
}

/** The last planned second has to be measured to its end. */
const LINGER = 300;

/** Stays until it is time to go, coming back as often as the meeting is lost; `first` is undefined for who never got in. */
export async function stayed(first: Presence | undefined, staying: Staying): Promise<void> {
  const { stay, until, now, pause } = staying;
  const over = pause(Math.max(0, until - now()) + LINGER).then(() => undefined);
  // It is waited for further down; the run may stop before.
  over.catch(() => {});
  let presence = first;
  try {
    while (presence) {
      stay.attendance = presence.attendance;
      const why: string | undefined = await Promise.race([over, presence.attendance.lost]);
      if (why === undefined) break;
      staying.came({ lost: 1 });
      stay.attendance = undefined;
      await left(presence);
      presence = undefined;
      presence = await returned(staying);
    }
    // Who never got in, or not again, was planned to be there all the same.
    await over;
  } finally {
    if (presence) await left(presence);
  }
}

/** Joins anew like a client that has lost its media; undefined when it is time to go before that works. */
async function returned({ until, now, pause, again, came, pauseAfter }: Staying): Promise<Presence | undefined> {
  for (let attempts = 1; now() < until; attempts += 1) {
    try {
      const presence = await again();
      came({ attempts: 1, back: 1, first: attempts === 1 ? 1 : 0 });
      return presence;
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown;
      came({ attempts: 1 });
      await pause(Math.min(pauseAfter(attempts, thrown), Math.max(0, until - now())));
    }
  }
  return undefined;
}

async function left({ attendance, leave }: Presence): Promise<void> {
  attendance.leave();
  await leave();
}
