import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** One exchange of SCRAM-SHA-256 (RFC 5802, RFC 7677), without channel binding, from the side of who signs in. */
export interface Scram {
  readonly first: string;
  /** The answer to the server's first message; rejects when that cannot be one. */
  answer(serverFirst: string): Promise<string>;
  /** Throws when the server does not know the password either. */
  verify(serverFinal: string): void;
}

const derived = promisify(pbkdf2);

/** More is not asked by any server that means well. */
const MOST_ITERATIONS = 1_000_000;

/** Begins an exchange; PostgreSQL knows the user from its startup message and wants none here. */
export function scram(password: string): Scram {
  const nonce = randomBytes(18).toString('base64');
  const bare = `n=,r=${nonce}`;
  let expected: Buffer | undefined;
  return {
    first: `n,,${bare}`,
    async answer(serverFirst) {
      const [, all = '', salt = '', rounds = ''] = /^r=([^,]+),s=([^,]+),i=(\d+)/.exec(serverFirst) ?? [];
      const iterations = Number(rounds);
      if (!all.startsWith(nonce) || !(iterations > 0 && iterations <= MOST_ITERATIONS)) {
        throw new Error('the database does not speak SCRAM as it should');
      }
      const salted = await saltedPassword(password, salt, iterations);
      const [clientKey, serverKey] = [hmac(salted, 'Client Key'), hmac(salted, 'Server Key')];
      const unproven = `c=biws,r=${all}`;
      const said = `${bare},${serverFirst},${unproven}`;
      expected = hmac(serverKey, said);
      const signature = hmac(createHash('sha256').update(clientKey).digest(), said);
      const proof = clientKey.map((byte, index) => byte ^ (signature[index] ?? 0));
      return `${unproven},p=${Buffer.from(proof).toString('base64')}`;
    },
    verify(serverFinal) {
      const given = Buffer.from(/^v=(.*)$/.exec(serverFinal)?.[1] ?? '', 'base64');
      if (!expected || given.length !== expected.length || !timingSafeEqual(given, expected)) {
        throw new Error('whoever answers does not know the password: this is not the database');
      }
    },
  };
}

/** A server uses one salt for a user, so that a thousand connections cost the derivation once. */
let known: { readonly of: string; readonly salted: Promise<Buffer> } | undefined;

function saltedPassword(password: string, salt: string, iterations: number): Promise<Buffer> {
  const of = JSON.stringify([password, salt, iterations]);
  if (known?.of === of) return known.salted;
  const salted = derived(password.normalize('NFKC'), Buffer.from(salt, 'base64'), iterations, 32, 'sha256');
  known = { of, salted };
  return salted;
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
