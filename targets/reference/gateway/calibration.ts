import type { ReferenceAccount } from '../account.ts';
import { type Accounts, enrolled } from './accounts.ts';
import { measuredRate } from './capacity.ts';
import type { Database } from './database.ts';
import { HashQueue } from './hash-queue.ts';
import type { Calibration, Order } from './order.ts';
import type { Cost } from './passwords.ts';
import type { Sessions } from './sessions.ts';
import { GOAL, tunedCost } from './tuning.ts';
import type { Visitor } from './visitor.ts';

/** Accounts whose passwords are hashed at a cost, and what that makes of the capacity for logins. */
export interface Calibrated {
  readonly accounts: Accounts;
  readonly calibration: Calibration;
}

/**
 * What an owner declares of the logins a service does when it has nothing else to do: a service that is stormed also has
 * to read and refuse what it cannot serve, and beside 1,000 refusals a second and whoever makes them that takes a third of a
 * machine with two cores.
 */
const DECLARED = 0.66;

/** Declared logins per second; beyond these the known answers of the reference target do not hold. */
const PLAUSIBLE = { least: 67, most: 120 };

/** A machine that has just changed may keep to what it does the next time. */
const MOST_TUNINGS = 4;

/**
 * Makes the accounts ready at a hash cost that gives about GOAL logins per second, and declares what it really gives. A
 * machine on which that cannot be had, tuned four times over, is not fit for the known answers of the reference target, and
 * this throws. What another gateway with the same accounts was calibrated to just before is taken; with a cost
 * alone the tuning begins.
 */
export async function calibrated(
  order: Pick<Order, 'accounts' | 'settings' | 'calibration'>,
  database: Database,
  sessions: Sessions,
  log: (line: string) => void,
): Promise<Calibrated> {
  const { settings, accounts } = order;
  const enrol = (people: readonly ReferenceAccount[], cost: Cost, known = {}) =>
    enrolled(database, people, cost, settings.hashesAtWork, known);
  const before = order.calibration;
  if (before && 'login' in before)
    return { accounts: await enrol(accounts, before, before.hashes), calibration: before };
  const queue = new HashQueue(settings);
  const measure = async (cost: Cost) => {
    const known = await enrol(accounts.slice(0, 1), cost);
    const measured = await measuredRate(2 * settings.hashesAtWork, loginOf(accounts, known, sessions, queue));
    log(`password hashes: scrypt with N = 2^13, r = ${cost.r}, p = 1, for ${measured.toFixed(0)} logins/s`);
    await database.query('TRUNCATE accounts CASCADE');
    return measured;
  };
  const { r, login } = await declared(measure, before);
  const known = await enrol(accounts, { r });
  return { accounts: known, calibration: { r, login, hashes: known.hashes } };
}

async function declared(
  measure: (cost: Cost) => Promise<number>,
  from?: Cost,
): Promise<Cost & { readonly login: number }> {
  const given: string[] = [];
  while (given.length < MOST_TUNINGS) {
    const { r, rate } = await tunedCost(measure, from);
    const login = Math.floor(DECLARED * rate);
    if (login >= PLAUSIBLE.least && login <= PLAUSIBLE.most) return { r, login };
    given.push(rate.toFixed(0));
  }
  throw new Error(
    `the machine is too busy or too changeable: tuned for ${GOAL} logins/s, it gives ${given.join(', then ')}`,
  );
}

/** Real logins of the first account, down to the session in the database. */
function loginOf(
  [first]: readonly ReferenceAccount[],
  accounts: Accounts,
  sessions: Sessions,
  queue: HashQueue,
): () => Promise<void> {
  if (!first) throw new Error('no account to measure logins with');
  return async () => {
    const claim = await accounts.find(first.email);
    const passage = await queue.pass(PRESENT, () => accounts.check(claim, first.password));
    if (passage.kind === 'through' && passage.value) await sessions.open(passage.value);
  };
}

/** Somebody who stays. */
const PRESENT: Visitor = {
  arrived: Number.POSITIVE_INFINITY,
  departed: false,
  leaving: false,
  whenDeparted: () => undefined,
};
