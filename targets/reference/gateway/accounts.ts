import type { ReferenceAccount } from '../account.ts';
import type { Database } from './database.ts';
import { inLanes } from './lanes.ts';
import { type Cost, hashed, matches } from './passwords.ts';

/** Somebody who is known to the service. */
export interface Account {
  readonly id: number;
  readonly name: string;
}

export interface Accounts {
  /** What is stored of their passwords, by email. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Looks up who has an email; what comes back is a claim that has still to be checked, also when nobody has it. */
  find(email: string): Promise<Claim>;
  /** The account of a claim if the password is right. A hash is worked at even when the account is unknown. */
  check(claim: Claim, password: string): Promise<Account | undefined>;
}

/** What somebody claims to be, and the hash their password has to have. */
export interface Claim {
  readonly account: Account | undefined;
  readonly hash: string;
}

/** Stores the accounts with their passwords hashed at a cost, `lanes` hashes at once; those that are known are taken. */
export async function enrolled(
  database: Database,
  accounts: readonly ReferenceAccount[],
  cost: Cost,
  lanes: number,
  known: Readonly<Record<string, string>> = {},
): Promise<Accounts> {
  const passwords = await inLanes(lanes, accounts, async ({ email, password }) => {
    return known[email] ?? (await hashed(password, cost));
  });
  const hashes = Object.fromEntries(accounts.map(({ email }, index) => [email, passwords[index] ?? '']));
  await database.query(
    'INSERT INTO accounts (email, name, password) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])',
    [accounts.map(({ email }) => email), accounts.map(({ name }) => name), passwords],
  );
  // Unknown accounts are checked against this one, so that the time an answer takes does not tell who has an account.
  const decoy = await hashed('nobody has this password', cost);
  return {
    hashes,
    async find(email) {
      const [row] = await database.query<Account & { readonly password: string }>(
        'SELECT id, name, password FROM accounts WHERE email = $1',
        [email],
      );
      if (!row) return { account: undefined, hash: decoy };
      return { account: { id: row.id, name: row.name }, hash: row.password };
    },
    async check({ account, hash }, password) {
      return (await matches(password, hash)) ? account : undefined;
    },
  };
}
