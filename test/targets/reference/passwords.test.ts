import { expect, test } from 'vitest';
import { hashed, matches } from '../../../targets/reference/gateway/passwords.ts';
import { tunedCost } from '../../../targets/reference/gateway/tuning.ts';

test('a password matches its own hash and no other', async () => {
  const hash = await hashed('pässwörd 🔑', { r: 1 });
  expect(hash).toMatch(/^\$scrypt\$ln=13,r=1,p=1\$/);
  expect(await matches('pässwörd 🔑', hash)).toBe(true);
  expect(await matches('passwort', hash)).toBe(false);
});

test('two hashes of one password differ, for each has a salt of its own', async () => {
  expect(await hashed('same', { r: 1 })).not.toBe(await hashed('same', { r: 1 }));
});

test('what is no scrypt hash is our own bug, not a wrong password', async () => {
  await expect(matches('any', 'plain text')).rejects.toThrow('not a scrypt hash');
});

test('the cost is tuned until the service does about as many logins as it should', async () => {
  const asked: number[] = [];
  const { r, rate } = await tunedCost(async (cost) => {
    asked.push(cost.r);
    return 1_760 / cost.r;
  });
  expect(asked).toEqual([8, 16]);
  expect({ r, rate }).toEqual({ r: 16, rate: 110 });
});

test('the tuning begins where it is told to', async () => {
  const asked: number[] = [];
  await tunedCost(
    async (cost) => {
      asked.push(cost.r);
      return 110;
    },
    { r: 6 },
  );
  expect(asked).toEqual([6]);
});

test('a machine that changes under way is followed, and the nearest try counts', async () => {
  const rates = [220, 60, 220, 98, 150];
  const { rate } = await tunedCost(async () => rates.shift() ?? 0);
  expect(rate).toBe(98);
});

test('the highest cost there can be is within the memory it asks for', async () => {
  expect(await matches('any', await hashed('any', { r: 128 }))).toBe(true);
});
