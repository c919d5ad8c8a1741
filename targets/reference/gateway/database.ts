import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Settings } from '../variants.ts';
import { Refusal } from './answer.ts';
import type { DatabaseAccess } from './order.ts';

/** PostgreSQL behind a pool of connections. */
export interface Database {
  /** Runs one statement and gives its rows; throws DatabaseBusy when no connection was to be had in time. */
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /**
   * Runs statements as one transaction, each of which waits `lockWait` milliseconds for a lock at most; whatever is thrown
   * in between undoes it.
   */
  transaction<T>(lockWait: number, work: (query: Query) => Promise<T>): Promise<T>;
  /** How the pool is used at this moment. */
  pool(): PoolUse;
  /** What PostgreSQL has refused so far, by SQLSTATE: 53300 too many connections, 40P01 deadlock … */
  refusals(): ReadonlyMap<string, number>;
}

/** Runs one statement and gives its rows. */
export type Query = <Row extends object>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

/** Connections the pool may open, those at work, and requests that wait for one. */
export interface PoolUse {
  readonly size: number;
  readonly used: number;
  readonly waiting: number;
}

/** No connection within the variant's waiting time. */
export class DatabaseBusy extends Error {
  override readonly name = 'DatabaseBusy';
}

type Terms = Pick<Settings, 'databasePool' | 'databaseReserve' | 'databaseRecycle' | 'databaseWait'>;

/** Milliseconds before somebody who waits without end asks for a connection again. */
const AGAIN = 100;

/** Opens a pool to the reference target's own database; the reserve is connected before this resolves. */
export async function openDatabase(
  access: DatabaseAccess,
  terms: Terms,
  log: (line: string) => void,
): Promise<Database> {
  const { databasePool: size, databaseReserve, databaseRecycle, databaseWait } = terms;
  const elastic = poolOf(access, size - databaseReserve, databaseRecycle, databaseWait, log);
  const reserve =
    databaseReserve > 0 ? poolOf(access, databaseReserve, Number.POSITIVE_INFINITY, databaseWait, log) : undefined;
  if (reserve) await connectAll(reserve, databaseReserve);
  const refusals = new Map<string, number>();
  let waiting = 0;
  // A database that was never there is none; one that was may come back.
  let reached = false;
  const count = (error: unknown) => {
    if (error instanceof pg.DatabaseError && error.code) refusals.set(error.code, (refusals.get(error.code) ?? 0) + 1);
  };
  const connection = async (): Promise<pg.PoolClient> => {
    for (;;) {
      try {
        const client = await elastic.connect();
        reached = true;
        return client;
      } catch (error) {
        count(error);
        if (reserve) return reserve.connect().catch(explain);
        if (Number.isFinite(databaseWait) || !reached || !mayComeBack(error)) explain(error);
        waiting += 1;
        await sleep(AGAIN);
        waiting -= 1;
      }
    }
  };
  const withConnection = lending(connection, count);
  return {
    query: (text, values) => withConnection((client) => queryOf(client)(text, values)),
    transaction: (lockWait, work) => withConnection((client) => transacted(client, lockWait, work)),
    pool() {
      const pools = reserve ? [elastic, reserve] : [elastic];
      const sum = (of: (pool: pg.Pool) => number) => pools.reduce((total, pool) => total + of(pool), 0);
      return {
        size,
        used: sum((pool) => pool.totalCount - pool.idleCount),
        waiting: waiting + sum((pool) => pool.waitingCount),
      };
    },
    refusals: () => refusals,
  };
}

/** Lends a connection for some work, and takes it back whatever comes of that. */
function lending(connection: () => Promise<pg.PoolClient>, count: (error: unknown) => void) {
  return async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await connection();
    try {
      const value = await work(client);
      client.release();
      return value;
    } catch (error) {
      count(error);
      // Only a connection that PostgreSQL still answers on is of use to the next request.
      client.release(!(error instanceof pg.DatabaseError || error instanceof Refusal));
      throw error;
    }
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

function poolOf(
  { host, port, user, password }: DatabaseAccess,
  max: number,
  uses: number,
  wait: number,
  log: (line: string) => void,
): pg.Pool {
  const pool = new pg.Pool({
    ...{ host, port, user, password, database: 'postgres', max },
    connectionTimeoutMillis: Number.isFinite(wait) ? wait : 0,
    idleTimeoutMillis: 0,
    maxUses: uses,
  });
  // Without a listener the end of an idle connection would end the gateway.
  pool.on('error', (error) => log(`a database connection ended: ${error.message}`));
  return pool;
}

async function connectAll(pool: pg.Pool, size: number): Promise<void> {
  const clients = await Promise.all(Array.from({ length: size }, () => pool.connect()));
  for (const client of clients) client.release();
}

/** The pool tells a time-out apart from other errors by its text alone. */
function explain(error: unknown): never {
  if (error instanceof Error && (error.message.includes('timeout') || isFull(error)))
    throw new DatabaseBusy(error.message);
  throw error;
}

/** A full server has room later, and a connection that broke on the way may not break the next time. */
function mayComeBack(error: unknown): boolean {
  return isFull(error) || !(error instanceof pg.DatabaseError);
}

function isFull(error: unknown): boolean {
  return isSqlState(error, '53300');
}

/** Whether PostgreSQL refused something with this SQLSTATE. */
export function isSqlState(error: unknown, code: string): boolean {
  return error instanceof pg.DatabaseError && error.code === code;
}
