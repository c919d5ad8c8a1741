import { Failure } from '../../core/failure.ts';
import { base64OfBytes, bytesOfBase64 } from '../http/compile/base64.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What a client and a server prove to each other with (RFC 5802, 3), worked out of a password. */
export interface ScramKeys {
  readonly client: Bytes;
  readonly stored: Bytes;
  readonly server: Bytes;
}

/** Works keys out, or remembers them: people sign in again and again, and a client of their own would remember, too. */
export type KeysOf = (hash: ScramHash, password: string, salt: string, iterations: number) => Promise<ScramKeys>;

export type ScramHash = 'SHA-1' | 'SHA-256';

/** More rounds than anybody asks for: a server must not keep the generator busy. */
const MOST_ROUNDS = 1_000_000;

/** One person's side of SCRAM (RFC 5802, RFC 7677) without channel binding, which WebSocket has none of. */
export interface ScramExchange {
  readonly first: string;
  /** The answer to the server's challenge. */
  final(challenge: string): Promise<string>;
  /** Throws a Failure when the server does not prove that it knows the password, too. */
  verify(success: string): void;
}

/** Begins an exchange; `nonce` is unlike any other. Throws Failures of kind `protocol` for what makes no sense. */
export function scramExchange(
  hash: ScramHash,
  { user, password }: { readonly user: string; readonly password: string },
  nonce: string,
  keysOf: KeysOf,
): ScramExchange {
  const bare = `n=${user.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`;
  let expected: string | undefined;
  return {
    first: `n,,${bare}`,
    async final(challenge) {
      const { r = '', s = '', i = '', m } = fieldsOf(challenge);
      const rounds = /^[1-9]\d*$/.test(i) ? Number(i) : 0;
      const isNew = r.startsWith(nonce) && r.length > nonce.length;
      if (m !== undefined || !isNew || rounds < 1 || rounds > MOST_ROUNDS || !bytesOfBase64(s)) throw senseless();
      const { client, stored, server } = await keysOf(hash, password, s, rounds);
      // biws is the header n,, of the first message.
      const proofless = `c=biws,r=${r}`;
      const all = utf8(`${bare},${challenge},${proofless}`);
      const [signature, answer] = await Promise.all([hmac(hash, stored, all), hmac(hash, server, all)]);
      expected = base64OfBytes(answer);
      return `${proofless},p=${base64OfBytes(client.map((byte, at) => byte ^ (signature[at] ?? 0)))}`;
    },
    verify(success) {
      if (expected === undefined || fieldsOf(success).v !== expected)
        throw new Failure('protocol', 'XMPP: SCRAM: the server does not prove that it knows the password');
    },
  };
}

/** Remembers keys by everything they are worked out of. */
export function rememberedKeys(): KeysOf {
  const known = new Map<string, Promise<ScramKeys>>();
  return (hash, password, salt, iterations) => {
    const name = [hash, iterations, salt, password].join(' ');
    const keys = known.get(name) ?? workedOut(hash, password, salt, iterations);
    known.set(name, keys);
    return keys;
  };
}

async function workedOut(hash: ScramHash, password: string, salt: string, iterations: number): Promise<ScramKeys> {
  const key = await crypto.subtle.importKey('raw', utf8(password.normalize('NFKC')), 'PBKDF2', false, ['deriveBits']);
  const algorithm = { name: 'PBKDF2', hash, salt: bytesOfBase64(salt) ?? utf8(''), iterations };
  const salted = new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, hash === 'SHA-1' ? 160 : 256));
  const [client, server] = await Promise.all([
    hmac(hash, salted, utf8('Client Key')),
    hmac(hash, salted, utf8('Server Key')),
  ]);
  return { client, server, stored: new Uint8Array(await crypto.subtle.digest(hash, client)) };
}

async function hmac(hash: ScramHash, key: Bytes, message: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, message));
}

/** The attributes of a message, `r=…,s=…,i=…`; the first of a name counts. */
function fieldsOf(message: string): Partial<Record<string, string>> {
  const pairs = message.split(',').map((field) => [field.slice(0, 1), field.slice(2)] as const);
  return Object.fromEntries(pairs.reverse());
}

function senseless(): Failure {
  return new Failure('protocol', 'XMPP: SCRAM: a challenge that makes no sense');
}

function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}
