import { constants, createHash, publicEncrypt } from 'node:crypto';

/** What proves a password to a MySQL server that sent these 20 random bytes, for each way to sign in that is known here. */
export const SCRAMBLES: Readonly<Record<string, (password: string, random: Buffer) => Buffer>> = {
  mysql_native_password(password, random) {
    if (password === '') return Buffer.alloc(0);
    const once = digest('sha1', Buffer.from(password));
    return xor(once, digest('sha1', random, digest('sha1', once)));
  },
  caching_sha2_password(password, random) {
    if (password === '') return Buffer.alloc(0);
    const once = digest('sha256', Buffer.from(password));
    return xor(once, digest('sha256', digest('sha256', once), random));
  },
};

/** The password for nobody but the holder of the key, as caching_sha2_password wants it on a line that others can read. */
export function sealed(password: string, random: Buffer, publicKey: string): Buffer {
  const hidden = xor(Buffer.from(`${password}\0`), random);
  return publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, hidden);
}

function digest(algorithm: 'sha1' | 'sha256', ...parts: readonly Buffer[]): Buffer {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function xor(bytes: Buffer, key: Buffer): Buffer {
  return Buffer.from(bytes.map((byte, index) => byte ^ (key[index % key.length] ?? 0)));
}
