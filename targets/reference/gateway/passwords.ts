import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** The cost of a scrypt hash (RFC 7914): block size r; N is 2^13 and p is 1. */
export interface Cost {
  readonly r: number;
}

const LOG_N = 13;
const KEY_BYTES = 32;

/** Hashes a password with a fresh salt; the result carries its cost: `$scrypt$ln=13,r=12,p=1$<salt>$<hash>`. */
export async function hashed(password: string, { r }: Cost): Promise<string> {
  const salt = randomBytes(16);
  const key = await derived(password, salt, LOG_N, r);
  return `$scrypt$ln=${LOG_N},r=${r},p=1$${salt.toString('base64')}$${key.toString('base64')}`;
}

/** Tells whether a password is the one a hash was made of; costs as much as the hash did, whatever the answer. */
export async function matches(password: string, hash: string): Promise<boolean> {
  const [, logN, r, salt, key] = PATTERN.exec(hash) ?? [];
  if (!logN || !r || !salt || !key) throw new Error('a stored password is not a scrypt hash');
  const found = await derived(password, Buffer.from(salt, 'base64'), Number(logN), Number(r));
  return timingSafeEqual(found, Buffer.from(key, 'base64'));
}

const PATTERN = /^\$scrypt\$ln=(\d+),r=(\d+),p=1\$([^$]+)\$([^$]+)$/;

function derived(password: string, salt: Buffer, logN: number, r: number): Promise<Buffer> {
  const N = 2 ** logN;
  // scrypt needs 128 N r bytes and a little more; Node's own bound is 32 MiB, and a fast machine is tuned beyond it.
  const maxmem = 128 * N * (r + 4) * 2;
  return new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_BYTES, { N, r, p: 1, maxmem }, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
