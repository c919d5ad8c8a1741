import { createHash, randomBytes } from 'node:crypto';
import type { Account } from './accounts.ts';
import type { Database } from './database.ts';

/** What somebody gets for signing in. */
interface Session {
  readonly token: string;
  /** ISO 8601. */
  readonly expires: string;
}

/** Sessions live in PostgreSQL alone: every check is a query, as every join of the day was. */
export interface Sessions {
  open(account: Account): Promise<Session>;
  /** Whose session it is, or undefined when it is none or has expired. */
  holder(token: string): Promise<Account | undefined>;
}

const LIFETIME = 12 * 3_600_000;

/** The sessions kept in a database. */
export function sessionsIn(database: Database): Sessions {
  return {
    async open({ id }) {
      const token = randomBytes(24).toString('base64url');
      const expires = new Date(Date.now() + LIFETIME).toISOString();
      await database.query('INSERT INTO sessions (token_digest, account, expires) VALUES ($1, $2, $3)', [
        digest(token),
        id,
        expires,
      ]);
      return { token, expires };
    },
    async holder(token) {
      const [row] = await database.query<Account>(
        `SELECT accounts.id, accounts.name FROM sessions JOIN accounts ON accounts.id = sessions.account
         WHERE token_digest = $1 AND expires > now()`,
        [digest(token)],
      );
      return row;
    },
  };
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
