import { monotonic } from '../../core/clock.ts';
import type { RunEvent } from '../../core/event.ts';
import { plan } from '../../core/planning/plan.ts';
import { type Actor, run } from '../../core/run.ts';
import { loginStorm } from '../../profiles/login-storm.ts';
import { nobody } from './nobody.ts';

/** Runs an actor that follows, until what it recorded is enough; fails after half a minute. Gives the events. */
export async function eventsOf(actor: Actor, isEnough: (events: readonly RunEvent[]) => boolean): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  const lead: Actor = async ({ until, now }) => {
    while (!isEnough(events)) {
      if (now() > 30_000) throw new Error(`in vain; so far: ${JSON.stringify(events)}`);
      await until(now() + 10);
    }
  };
  await run({
    plan: plan(loginStorm),
    target: nobody,
    leading: [lead],
    following: [actor],
    record: (event) => events.push(event),
    stop: new AbortController().signal,
    began: monotonic(),
  });
  return events;
}
