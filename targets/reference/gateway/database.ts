import pg from 'pg';
import type { Settings } from '../variants.ts';
import { Refusal } from './answer.ts';
import { type Connections, openConnections, type PoolUse } from './connections.ts';
import type { DatabaseAccess } from './order.ts';

/** What the database is asked for. */
export const PURPOSES = ['login', 'create', 'join', 'report', 'ticket', 'other'] as const;

export type Purpose = (typeof PURPOSES)[number];

/** PostgreSQL behind its pools of connections. */
export interface DatabaseServer {
  /** The database as those see it who ask it for one purpose. */
  for(purpose: Purpose): Database;
  /** How all pools together are used at this moment. */
  pool(): PoolUse;
  /** What PostgreSQL has refused so far, by SQLSTATE: 53300 too many connections, 40P01 deadlock … */
  refusals(): ReadonlyMap<string, number>;
  /** How long requests have waited for a connection so far, in seconds. */
  waited(purpose: Purpose): number;
}

export interface Database {
  /** Throws DatabaseBusy when no connection was to be had in time. */
  readonly query: Query;
  /**
   * Runs statements as one transaction, each of which waits `lockWait` milliseconds for a lock at most; whatever is thrown
   * in between undoes it.
   */
  transaction<T>(lockWait: number, work: (query: Query) => Promise<T>): Promise<T>;
}

/** Runs one statement and gives its rows. */
export type Query = <Row extends object>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

type Terms = Pick<
  Settings,
  'databasePool' | 'databaseReserve' | 'databaseRecycle' | 'databaseWait' | 'reportPool' | 'reportTimeLimit'
>;

/** Opens the pools of a variant: one for everything, and in some a small one for reports. */
export async function openDatabase(
  access: DatabaseAccess,
  { databasePool, databaseReserve, databaseRecycle, databaseWait, reportPool, reportTimeLimit }: Terms,
  log: (line: string) => void,
): Promise<DatabaseServer> {
  const refusals = new Map<string, number>();
  const refused = (error: unknown) => {
    if (error instanceof pg.DatabaseError && error.code) refusals.set(error.code, (refusals.get(error.code) ?? 0) + 1);
  };
  const terms = { recycle: databaseRecycle, wait: databaseWait, statement: Number.POSITIVE_INFINITY };
  const told = { log, refused };
  const common = await openConnections(access, { ...terms, size: databasePool, reserve: databaseReserve }, told);
  const forReports =
    reportPool > 0
      ? await openConnections(access, { ...terms, size: reportPool, reserve: 0, statement: reportTimeLimit }, told)
      : undefined;
  const waited = new Map<Purpose, number>();
  return {
    for(purpose) {
      const connections = purpose === 'report' ? (forReports ?? common) : common;
      const waitedFor = (seconds: number) => waited.set(purpose, (waited.get(purpose) ?? 0) + seconds);
      return seen(lending(timed(connections, waitedFor), refused));
    },
    pool: () => (forReports ? together(common.use(), forReports.use()) : common.use()),
    refusals: () => refusals,
    waited: (purpose) => waited.get(purpose) ?? 0,
  };
}

function together(one: PoolUse, other: PoolUse): PoolUse {
  return { size: one.size + other.size, used: one.used + other.used, waiting: one.waiting + other.waiting };
}

type Borrow = Connections['borrow'];
type Lend = <T>(work: (client: pg.PoolClient) => Promise<T>) => Promise<T>;

/** Tells how long each connection was waited for, in seconds, also when there was none in the end. */
function timed({ borrow }: Connections, waited: (seconds: number) => void): Borrow {
  return async () => {
    const began = performance.now();
    try {
      return await borrow();
    } finally {
      waited((performance.now() - began) / 1_000);
    }
  };
}

/** Lends a connection for some work, and takes it back whatever comes of that. */
function lending(borrow: Borrow, refused: (error: unknown) => void): Lend {
  return async (work) => {
    const client = await borrow();
    try {
      const value = await work(client);
      client.release();
      return value;
    } catch (error) {
      refused(error);
      // Only a connection that PostgreSQL still answers on is of use to the next request.
      client.release(!(error instanceof pg.DatabaseError || error instanceof Refusal));
      throw error;
    }
  };
}

function seen(lend: Lend): Database {
  return {
    query: (text, values) => lend((client) => queryOf(client)(text, values)),
    transaction: (lockWait, work) => lend((client) => transacted(client, lockWait, work)),
  };
}

function queryOf(client: pg.PoolClient): Query {
  return async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await client.query<Row>(text, [...values])).rows;
}

async function transacted<T>(client: pg.PoolClient, lockWait: number, work: (query: Query) => Promise<T>): Promise<T> {
  await client.query(Number.isFinite(lockWait) ? `BEGIN; SET LOCAL lock_timeout = ${lockWait}` : 'BEGIN');
  try {
    const value = await work(queryOf(client));
    await client.query('COMMIT');
    return value;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
