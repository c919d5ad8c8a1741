import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from '../core/event.ts';
import { Failure } from '../core/failure.ts';
import type { Client, Meeting, Target } from '../core/target.ts';
import type { People } from './people.ts';
import type { Resident } from './residents.ts';
import { PatientTransport } from './transports/node.ts';
import type { Wire } from './transports/wire.ts';

export interface VerificationOptions {
  readonly target: Target;
  readonly wire: Wire;
  readonly people: People;
  readonly residents: readonly Resident[];
  /** What the target acknowledged. */
  readonly meetings: readonly Meeting[];
  /** How many it acknowledged in all, where `meetings` is a sample. */
  readonly acknowledged: number;
  /** The moment on the run's clock to write into the ledgers. */
  readonly at: number;
}

const PATIENCE = 5_000;
const AT_ONCE = 4;
const LONGEST = 60_000;
/** How long seats may take to be cleared after the last participant has left. */
const SETTLING = 2_000;
const NAMED = 5;

/**
 * Asks the target for everything it acknowledged: each meeting must still be there, and nobody in it, since everybody
 * has left. A question without an answer within five seconds, or after a minute in all, proves nothing and is counted.
 */
export async function verified(options: VerificationOptions): Promise<Ledger[]> {
  const client = await asker(options);
  const until = performance.now() + LONGEST;
  const findings = await inParallel(options.meetings, (meeting) => inspect(client, meeting, until));
  const answered = findings.filter(({ found }) => found !== undefined);
  const telling = answered.filter(({ ghosts }) => ghosts !== undefined);
  const ledger = {
    kind: 'ledger',
    at: options.at,
    acknowledged: options.acknowledged,
    checked: findings.length,
  } as const;
  const kept: Ledger = {
    ...ledger,
    invariant: 'meetings-kept',
    held: answered.filter(({ found }) => found).length,
    broken: named(answered.filter(({ found }) => !found)),
    unanswered: findings.length - answered.length,
  };
  if (telling.length === 0) return [kept];
  const ghosts: Ledger = {
    ...ledger,
    invariant: 'no-ghosts',
    checked: telling.length,
    held: telling.filter((finding) => finding.ghosts === 0).length,
    broken: named(telling.filter((finding) => finding.ghosts !== 0)),
    unanswered: 0,
  };
  return [kept, ghosts];
}

interface Finding {
  readonly id: string;
  /** Undefined when the target gave no answer. */
  readonly found: boolean | undefined;
  /** Participants who should not be there; undefined when the target does not tell. */
  readonly ghosts: number | undefined;
}

async function inspect(client: Asker, { id }: Meeting, until: number): Promise<Finding> {
  const settled = Math.min(until, performance.now() + SETTLING);
  try {
    for (;;) {
      if (performance.now() > until) return { id, found: undefined, ghosts: undefined };
      const meeting = await client.find(id);
      if (!meeting) return { id, found: false, ghosts: undefined };
      const ghosts = meeting.participants;
      if (!ghosts || performance.now() > settled) return { id, found: true, ghosts };
      await sleep(200);
    }
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return { id, found: undefined, ghosts: undefined };
  }
}

interface Asker {
  find(id: string): Promise<Meeting | undefined>;
}

/** Somebody who may ask: a resident, or the first of the people, signed in for it. */
async function asker({ target, wire, people, residents }: VerificationOptions): Promise<Asker> {
  const io = new PatientTransport(wire);
  const begin = () => {
    io.giveUpAt = performance.now() + PATIENCE;
  };
  begin();
  const client: Client = residents[0]?.client.elsewhere(io) ?? target.client(io, people.person(0));
  if (residents.length === 0) await client.login?.();
  return {
    find(id) {
      begin();
      if (!client.findMeeting) throw new TypeError('the target has no findMeeting, and the plan did not notice');
      return client.findMeeting(id);
    },
  };
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) results.push(await work(item));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

function named(findings: readonly Finding[]): string[] {
  return findings.slice(0, NAMED).map(({ id }) => id);
}
