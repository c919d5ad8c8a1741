import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { DatabaseAccess } from './order.ts';

/** A pool of connections to PostgreSQL. */
export interface Connections {
  /** Gives a connection that has to be released; throws DatabaseBusy when none was to be had in time. */
  borrow(): Promise<pg.PoolClient>;
  /** How the pool is used at this moment. */
  use(): PoolUse;
}

/** Connections the pool may open, those at work, and requests that wait for one. */
export interface PoolUse {
  readonly size: number;
  readonly used: number;
  readonly waiting: number;
}

/** How a pool is made; times in milliseconds, `Infinity` where there is no bound. */
export interface ConnectionTerms {
  readonly size: number;
  /** So many of them are opened at the start and kept. */
  readonly reserve: number;
  /** Uses after which a connection is closed and another one opened. */
  readonly recycle: number;
  readonly wait: number;
  /** How long one statement may take. */
  readonly statement: number;
}

/** Who is told of what happens to connections. */
export interface Told {
  readonly log: (line: string) => void;
  readonly refused: (error: unknown) => void;
}

/** No connection within the variant's waiting time, or nothing done within another of its bounds. */
export class DatabaseBusy extends Error {
  override readonly name = 'DatabaseBusy';
}

/** Milliseconds before somebody who waits without end asks for a connection again. */
const AGAIN = 100;

/** Opens a pool to the reference target's own database; the reserve is connected before this resolves. */
export async function openConnections(
  access: DatabaseAccess,
  terms: ConnectionTerms,
  told: Told,
): Promise<Connections> {
  const { size, reserve: reserved, wait } = terms;
  const elastic = poolOf(access, { ...terms, size: size - reserved }, told);
  const reserve =
    reserved > 0 ? poolOf(access, { ...terms, size: reserved, recycle: Number.POSITIVE_INFINITY }, told) : undefined;
  if (reserve) await connectAll(reserve, reserved);
  let waiting = 0;
  // A database that was never there is none; one that was may come back.
  let reached = false;
  return {
    async borrow() {
      for (;;) {
        try {
          const client = await elastic.connect();
          reached = true;
          return client;
        } catch (error) {
          told.refused(error);
          if (reserve) return reserve.connect().catch(explain);
          if (Number.isFinite(wait) || !reached || !mayComeBack(error)) explain(error);
          waiting += 1;
          await sleep(AGAIN);
          waiting -= 1;
        }
      }
    },
    use() {
      const pools = reserve ? [elastic, reserve] : [elastic];
      const sum = (of: (pool: pg.Pool) => number) => pools.reduce((total, pool) => total + of(pool), 0);
      return {
        size,
        used: sum((pool) => pool.totalCount - pool.idleCount),
        waiting: waiting + sum((pool) => pool.waitingCount),
      };
    },
  };
}

function poolOf(
  { host, port, user, password }: DatabaseAccess,
  { size, recycle, wait, statement }: ConnectionTerms,
  { log }: Told,
): pg.Pool {
  const pool = new pg.Pool({
    ...{ host, port, user, password, database: 'postgres', max: size },
    connectionTimeoutMillis: Number.isFinite(wait) ? wait : 0,
    idleTimeoutMillis: 0,
    maxUses: recycle,
    ...(Number.isFinite(statement) && { statement_timeout: statement }),
  });
  // Without a listener the end of an idle connection would end the gateway.
  pool.on('error', (error) => log(`a database connection ended: ${error.message}`));
  // Nor may that of a borrowed one, which the pool does not listen to: whoever has borrowed it is told by the statement.
  pool.on('connect', (client) => client.on('error', () => undefined));
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
