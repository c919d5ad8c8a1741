import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { AT_WORK, hashed, matches } from './password-hash.mjs';

/** Gives everybody in a CSV file (email,password,name) an account; their passwords are kept as hashes alone. */
export async function accountsOf(file, rounds) {
  const people = parse(readFileSync(file), { columns: true });
  const accounts = new Map();
  const queue = people.values();
  const lane = async () => {
    for (const { email, name, password } of queue)
      accounts.set(email, { email, name, hash: await hashed(password, rounds) });
  };
  await Promise.all(Array.from({ length: AT_WORK }, lane));
  // Who has no account is not told so sooner than who has one.
  const nobody = await hashed('nobody', rounds);
  return {
    find: (email) => accounts.get(email),
    async check(email, password) {
      const account = accounts.get(email);
      const isRight = await matches(password, account?.hash ?? nobody);
      return isRight ? account : undefined;
    },
  };
}
