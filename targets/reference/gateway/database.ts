import pg from 'pg';
import type { DatabaseAddress } from './order.ts';

/** PostgreSQL behind a pool of connections. */
export interface Database {
  /** Runs one statement and gives its rows; throws DatabaseBusy when no connection was free in time. */
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** How the pool is used at this moment. */
  pool(): PoolUse;
}

/** Connections the pool may open, those at work, and requests that wait for one. */
export interface PoolUse {
  readonly size: number;
  readonly used: number;
  readonly waiting: number;
}

/** No connection out of the pool within the variant's waiting time. */
export class DatabaseBusy extends Error {
  override readonly name = 'DatabaseBusy';
}

interface PoolTerms {
  readonly databasePool: number;
  /** Milliseconds, `Infinity` for no bound. */
  readonly databaseWait: number;
}

/** Opens a pool to the reference target's own database; connections are made as they are needed. */
export function openDatabase({ host, port }: DatabaseAddress, terms: PoolTerms, log: (line: string) => void): Database {
  const { databasePool, databaseWait } = terms;
  const pool = new pg.Pool({
    host,
    port,
    user: 'stormtest',
    database: 'postgres',
    max: databasePool,
    connectionTimeoutMillis: Number.isFinite(databaseWait) ? databaseWait : 0,
    idleTimeoutMillis: 0,
  });
  // Without a listener the end of an idle connection would end the gateway.
  pool.on('error', (error) => log(`a database connection ended: ${error.message}`));
  return {
    async query<Row extends object>(text: string, values: readonly unknown[] = []) {
      const client = await pool.connect().catch(explain);
      try {
        const { rows } = await client.query<Row>(text, [...values]);
        client.release();
        return rows;
      } catch (error) {
        // Only a connection that PostgreSQL still answers on is of use to the next request.
        client.release(!(error instanceof pg.DatabaseError));
        throw error;
      }
    },
    pool: () => ({ size: databasePool, used: pool.totalCount - pool.idleCount, waiting: pool.waitingCount }),
  };
}

/** The pool tells a time-out apart from other errors by its text alone. */
function explain(error: unknown): never {
  if (error instanceof Error && error.message.includes('timeout')) throw new DatabaseBusy(error.message);
  throw error;
}
