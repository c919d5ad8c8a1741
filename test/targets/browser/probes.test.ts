import { expect, test } from 'vitest';
import type { Client, Participation, Target } from '../../../core/target.ts';
import type { Transport } from '../../../core/transport.ts';
import { withProbes } from '../../../targets/browser/probes.ts';
import { tinyTransport } from '../../support/tiny-transport.ts';

const person = { index: 0, name: 'Ada', email: 'ada@example.org', password: 'x' };

/** A target whose people say by what they came in. */
function target(by: string, fails = () => false): Target {
  const client: Client = {
    async join(): Promise<Participation> {
      if (fails()) throw new Error(`${by} fails`);
      return { chat: async () => {}, leave: async () => {}, record: async () => ({ id: by }) };
    },
    elsewhere: () => client,
  };
  return { name: by, operations: ['join'], capacity: {}, services: {}, metrics: [], client: () => client };
}

test('as many as there are pages come by them, and everybody else as before', async () => {
  let fails = false;
  const mixed = withProbes(
    target('native'),
    target('page', () => fails),
    1,
  );
  const browser = { open: async () => Promise.reject(new Error('nobody opens it')) };
  const io: Transport = { ...tinyTransport(), browser };
  const join = async (by: Transport = io) => {
    const seat = await mixed.client(by, person).join?.({ id: 'm' });
    return { by: (await seat?.record?.())?.id, leave: () => seat?.leave() };
  };
  const [first, second] = [await join(), await join()];
  expect([first.by, second.by]).toEqual(['page', 'native']);
  await first.leave();
  await first.leave();
  fails = true;
  await expect(join()).rejects.toThrow('page fails');
  fails = false;
  expect((await join()).by).toBe('page');
  expect((await join()).by).toBe('native');
  // Where an engine has no browsers everybody comes as before.
  expect((await join(tinyTransport())).by).toBe('native');
});

test('whoever is made ready before the run has a page of their own from then on, and the others have what is left', async () => {
  const ready: string[] = [];
  const page = target('page');
  const kept: Target = {
    ...page,
    client: (...given) => {
      const client: Client = {
        ...page.client(...given),
        makeReady: async () => void ready.push('page'),
        elsewhere: () => client,
      };
      return client;
    },
  };
  const mixed = withProbes(target('native'), kept, 2);
  const io: Transport = { ...tinyTransport(), browser: { open: async () => Promise.reject(new Error('nobody does')) } };
  const came = async (client: Client) => (await (await client.join?.({ id: 'm' }))?.record?.())?.id;
  const [first, second, third] = [mixed.client(io, person), mixed.client(io, person), mixed.client(io, person)];
  for (const one of [first, second, third]) await one.makeReady?.();
  expect(ready).toEqual(['page', 'page']);
  // Who comes later, or sooner, takes nobody's place.
  expect(await came(third.elsewhere(io))).toBe('native');
  expect(await came(mixed.client(io, person))).toBe('native');
  expect(await came(second.elsewhere(io))).toBe('page');
  expect(await came(first.elsewhere(io))).toBe('page');
  expect(await came(first.elsewhere(io))).toBe('page');
});
