import { expect, test } from 'vitest';
import { base64OfBytes, bytesOfBase64 } from '../../../targets/http/compile/base64.ts';
import { rememberedKeys, scramExchange } from '../../../targets/xmpp/scram.ts';

const pencil = { user: 'user', password: 'pencil' };
/** The examples of RFC 5802, 5 and RFC 7677, 3. */
const EXAMPLES = [
  {
    hash: 'SHA-1',
    nonce: 'fyko+d2lbbFgONRv9qkxdawL',
    challenge: 'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096',
    final: 'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
    success: 'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=',
  },
  {
    hash: 'SHA-256',
    nonce: 'rOprNGfwEbeRWgbNEkqO',
    challenge: 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
    final: 'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
    success: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
  },
] as const;

test.each(EXAMPLES)('the example of $hash is answered as the RFC has it', async ({ hash, nonce, ...example }) => {
  const exchange = scramExchange(hash, pencil, nonce, rememberedKeys());
  expect(exchange.first).toBe(`n,,n=user,r=${nonce}`);
  expect(await exchange.final(example.challenge)).toBe(example.final);
  expect(() => exchange.verify(example.success)).not.toThrow();
});

test('a server that does not know the password is found out', async () => {
  const [{ hash, nonce, challenge, success }] = EXAMPLES;
  const exchange = scramExchange(hash, { ...pencil, password: 'pen' }, nonce, rememberedKeys());
  expect(() => exchange.verify('v=')).toThrow('does not prove');
  await exchange.final(challenge);
  expect(() => exchange.verify(success)).toThrow('does not prove');
  expect(() => exchange.verify('e=other-error')).toThrow('does not prove');
});

test.each([
  'r=somebody else,s=QSXCR+Q6sek8bf92,i=4096',
  'r=fyko+d2lbbFgONRv9qkxdawL,s=QSXCR+Q6sek8bf92,i=4096',
  'r=fyko+d2lbbFgONRv9qkxdawLx,s=?,i=4096',
  'r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXCR+Q6sek8bf92,i=0',
  'r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXCR+Q6sek8bf92,i=99999999999',
  'm=must,r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXCR+Q6sek8bf92,i=4096',
  '',
])('the challenge "%s" is a failure of the target', async (challenge) => {
  const exchange = scramExchange('SHA-1', pencil, EXAMPLES[0].nonce, rememberedKeys());
  await expect(exchange.final(challenge)).rejects.toMatchObject({ name: 'Failure', kind: 'protocol' });
});

test('keys are worked out once for the same password, salt and rounds', () => {
  const keysOf = rememberedKeys();
  const keys = keysOf('SHA-1', 'pencil', 'QSXCR+Q6sek8bf92', 4_096);
  expect(keysOf('SHA-1', 'pencil', 'QSXCR+Q6sek8bf92', 4_096)).toBe(keys);
  expect(keysOf('SHA-1', 'pen', 'QSXCR+Q6sek8bf92', 4_096)).not.toBe(keys);
});

test('base64 goes both ways', () => {
  for (let length = 0; length < 40; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 89 + length) % 256);
    const text = Buffer.from(bytes).toString('base64');
    expect([base64OfBytes(bytes), bytesOfBase64(text)]).toEqual([text, bytes]);
  }
  for (const text of ['a', 'ab', 'a===', 'a b=', '=aaa', 'ab-_']) expect(bytesOfBase64(text)).toBeUndefined();
});
