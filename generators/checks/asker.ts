import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../core/failure.ts';
import type { Client, Target } from '../../core/target.ts';
import type { People } from '../people.ts';
import type { Resident } from '../residents.ts';
import { PatientTransport } from '../transports/node.ts';
import type { Wire } from '../transports/wire.ts';

/** Somebody who may ask the target what it has. */
export interface Asker {
  /** Asks something, and gives undefined when there was no answer in time: that proves nothing. */
  ask<T>(question: (client: Client) => Promise<T>): Promise<T | undefined>;
  /** Waits a little; false when the time for asking is over. */
  pause(): Promise<boolean>;
}

export interface AskerOptions {
  readonly target: Target;
  readonly wire: Wire;
  readonly people: People;
  readonly residents: readonly Resident[];
}

const PATIENCE = 5_000;
const LONGEST = 60_000;
const PAUSE = 200;

/** A resident, or the first of the people, signed in for it; nobody asks for longer than a minute in all. */
export async function askerOf({ target, wire, people, residents }: AskerOptions): Promise<Asker> {
  const until = performance.now() + LONGEST;
  const io = new PatientTransport(wire);
  const begin = () => {
    io.giveUpAt = performance.now() + PATIENCE;
  };
  begin();
  const client: Client = residents[0]?.client.elsewhere(io) ?? target.client(io, people.person(0));
  if (residents.length === 0) await client.login?.();
  return {
    async ask(question) {
      if (performance.now() > until) return undefined;
      begin();
      try {
        return await question(client);
      } catch (thrown) {
        if (!(thrown instanceof Failure)) throw thrown;
        return undefined;
      }
    },
    async pause() {
      await sleep(PAUSE);
      return performance.now() <= until;
    },
  };
}

const AT_ONCE = 4;

/** Looks into everything, four at a time. */
export async function eachOf<T, R>(items: readonly T[], look: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const rest = items.values();
  const lane = async () => {
    for (const item of rest) results.push(await look(item));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return results;
}
