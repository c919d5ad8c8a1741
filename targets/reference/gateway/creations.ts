import { randomBytes } from 'node:crypto';
import type { Settings } from '../variants.ts';
import type { Account } from './accounts.ts';
import { type Admission, admission } from './admission.ts';
import { Refusal } from './answer.ts';
import { DatabaseBusy, isSqlState } from './connections.ts';
import type { Database, Query } from './database.ts';
import type { MeetingFacts } from './meetings.ts';

/** A meeting as somebody orders it. */
export interface MeetingOrder {
  readonly name: string;
  /** What its client calls the wish: ordered again it is the same meeting. */
  readonly key: string | undefined;
  /** Whose teams' calendars it goes into, by email. */
  readonly calendars: readonly string[];
}

export interface Creations {
  /** Does the work of one creation, unless too many are under way. */
  readonly admission: Admission;
  /** Throws a Refusal for what cannot be, and DatabaseBusy for what cannot be now. */
  create(order: MeetingOrder, host: Account): Promise<MeetingFacts>;
}

type CreationTerms = Pick<Settings, 'calendarLocks' | 'lockWait' | 'deadlockRetries' | 'creationsUnderWay'>;

const DEADLOCK = '40P01';
const LOCK_NOT_AVAILABLE = '55P03';

/** Meetings created in a database, each with its entries in calendars and its place in the host's quota, or not at all. */
export function creationsIn(database: Database, terms: CreationTerms): Creations {
  return {
    admission: admission(terms.creationsUnderWay, 'too many meetings are being created'),
    create: (order, host) => created(database, terms, order, host),
  };
}

async function created(
  database: Database,
  { calendarLocks, lockWait, deadlockRetries }: CreationTerms,
  order: MeetingOrder,
  host: Account,
): Promise<MeetingFacts> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await database.transaction(lockWait, (query) => entered(query, calendarLocks, order, host));
    } catch (error) {
      if (isSqlState(error, LOCK_NOT_AVAILABLE)) throw new DatabaseBusy('a calendar or quota was locked for too long');
      if (!isSqlState(error, DEADLOCK) || retries >= deadlockRetries) throw error;
    }
  }
}

async function entered(
  query: Query,
  locks: CreationTerms['calendarLocks'],
  { name, key, calendars }: MeetingOrder,
  host: Account,
): Promise<MeetingFacts> {
  const id = randomBytes(9).toString('base64url');
  const [made] = await query<MeetingFacts>(
    `INSERT INTO meetings (id, name, host, key) VALUES ($1, $2, $3, $4)
     ON CONFLICT (key, host) DO NOTHING RETURNING id, name`,
    [id, name, host.id, key],
  );
  if (!made) return existing(query, key, host);
  if (locks === 'in order') await query(LOCK_IN_ORDER, [calendars]);
  for (const email of calendars) {
    const [entry] = await query(ENTER, [email]);
    if (!entry) throw new Refusal(400, 'unknown-calendar');
  }
  const [place] = await query(TAKE_PLACE, [host.id]);
  if (!place) throw new Refusal(403, 'quota-used-up');
  return made;
}

/** Row locks last until the commit, so whoever takes them in another order than somebody else may wait for them forever. */
const LOCK_IN_ORDER = `SELECT team FROM calendars
  WHERE team IN (SELECT team FROM accounts WHERE email = ANY ($1::text[])) ORDER BY team FOR UPDATE`;

const ENTER = `UPDATE calendars SET meetings = calendars.meetings + 1 FROM accounts
  WHERE accounts.email = $1 AND calendars.team = accounts.team RETURNING calendars.team`;

const TAKE_PLACE = `UPDATE quotas SET used = used + 1 FROM accounts
  WHERE accounts.id = $1 AND quotas.organisation = accounts.organisation AND used < granted RETURNING used`;

async function existing(query: Query, key: string | undefined, host: Account): Promise<MeetingFacts> {
  const [found] = await query<MeetingFacts>('SELECT id, name FROM meetings WHERE key = $1 AND host = $2', [
    key,
    host.id,
  ]);
  if (!found) throw new Error('a meeting that was there is gone');
  return found;
}
