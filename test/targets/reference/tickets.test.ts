import { afterEach, expect, test } from 'vitest';
import { Ring } from '../../../targets/reference/gateway/ring.ts';
import {
  ask,
  describeWithReference,
  eventually,
  metric,
  type metrics,
  startForTest,
  stopStarted,
  tokenOf,
} from '../../support/reference.ts';

type Reference = Parameters<typeof metrics>[0];

test('a ring keeps the newest, in order, and counts what it has overwritten', () => {
  const ring = new Ring<number>(3);
  for (const number of [1, 2, 3, 4, 5]) ring.put(number);
  expect([ring.length, ring.overwritten]).toEqual([3, 2]);
  expect([ring.take(), ring.take(), ring.take(), ring.take()]).toEqual([3, 4, 5, undefined]);
});

/** Opens so many tickets, forty at a time; gives the answers. */
async function flooded(reference: Reference, token: string, many: number) {
  const numbers = Array.from({ length: many }, (_, index) => index).values();
  const answers: { readonly status: number; readonly body: Record<string, unknown> }[] = [];
  const lane = async () => {
    for (const number of numbers) {
      const body = { subject: `Nobody can hear me, for the ${number}th time` };
      answers.push(await ask(`${reference.url}/v1/tickets`, { method: 'POST', token, body }));
    }
  };
  await Promise.all(Array.from({ length: 40 }, lane));
  return answers;
}

/** How many of the acknowledged tickets are there once all have been filed. */
async function keptOf(reference: Reference, token: string, ids: readonly unknown[]) {
  await eventually(async () => (await metric(reference, 'reference_ticket_queue_length')) === 0);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const found = await Promise.all(ids.map((id) => ask(`${reference.url}/v1/tickets/${id}`, { token })));
  return found.filter(({ status }) => status === 200).length;
}

describeWithReference('support tickets', () => {
  afterEach(stopStarted);

  test('in 2020 what is acknowledged may never be filed', async () => {
    const reference = await startForTest('2020');
    const token = await tokenOf(reference);
    const answers = await flooded(reference, token, 900);
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    const overwritten = await metric(reference, 'reference_tickets_overwritten_total');
    expect(overwritten).toBeGreaterThan(0);
    const ids = answers.map(({ body }) => body.id);
    expect(await keptOf(reference, token, ids)).toBe(900 - overwritten);
  });

  test('hardened keeps what it acknowledges, and refuses the rest with a time to come back', async () => {
    const reference = await startForTest('hardened');
    const token = await tokenOf(reference);
    const answers = await flooded(reference, token, 300);
    const taken = answers.filter(({ status }) => status === 201).map(({ body }) => body.id);
    expect(answers.filter(({ status }) => status === 503)).toHaveLength(300 - taken.length);
    expect(taken.length).toBeGreaterThan(20);
    expect(await keptOf(reference, token, taken)).toBe(taken.length);
    expect((await ask(`${reference.url}/v1/tickets/nothing`, { token })).status).toBe(404);
    expect((await ask(`${reference.url}/v1/tickets`, { method: 'POST', token, body: {} })).status).toBe(400);
  });
});
