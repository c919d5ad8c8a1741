import { afterEach, expect, test } from 'vitest';
import {
  ask,
  describeWithReference,
  metric,
  person,
  startForTest,
  stopStarted,
  tokenOf,
} from '../../support/reference.ts';

const DEADLOCKS = 'reference_database_refusals_total{code="40P01"}';
const calendarsOf = (...indices: number[]) => indices.map((index) => person(index).email);

describeWithReference('the creation of meetings', () => {
  afterEach(stopStarted);

  test('asked for again under its key, at the same time or later, a meeting is the same one', async () => {
    const reference = await startForTest('2014');
    const [ada, bo] = [await tokenOf(reference, 0), await tokenOf(reference, 1)];
    const body = { name: 'Stand-up', key: 'k1', calendars: calendarsOf(0, 1) };
    const create = (token: string) => ask(`${reference.url}/v1/meetings`, { method: 'POST', token, body });
    const made = await Promise.all(Array.from({ length: 6 }, () => create(ada)));
    expect(made.map(({ status }) => status)).toEqual(Array(6).fill(201));
    expect(new Set([...made, await create(ada)].map((answer) => answer.body.id)).size).toBe(1);
    const counted = () => ask(`${reference.url}/v1/meetings?key=k1`, { token: bo });
    expect((await counted()).body.meetings).toHaveLength(1);
    expect((await create(bo)).body.id).not.toBe(made[0]?.body.id);
    expect((await counted()).body.meetings).toHaveLength(2);
  });

  test('what cannot be entered everywhere is not created at all', async () => {
    const reference = await startForTest('hardened');
    const token = await tokenOf(reference);
    const body = { name: 'Stand-up', key: 'k2', calendars: [...calendarsOf(0), 'nobody@example.org'] };
    const refused = await ask(`${reference.url}/v1/meetings`, { method: 'POST', token, body });
    expect([refused.status, refused.body]).toEqual([400, { error: 'unknown-calendar' }]);
    expect((await ask(`${reference.url}/v1/meetings?key=k2`, { token })).body).toEqual({ meetings: [] });
  });

  test('hosts who invite each other deadlock in 2014, and not in hardened', async () => {
    for (const variant of ['2014', 'hardened'] as const) {
      const reference = await startForTest(variant);
      const tokens = await Promise.all([0, 1].map((index) => tokenOf(reference, index)));
      const create = (host: number, index: number) =>
        ask(`${reference.url}/v1/meetings`, {
          method: 'POST',
          token: tokens[host],
          body: { name: 'Review', key: `${host}/${index}`, calendars: calendarsOf(host, 1 - host) },
        });
      const statuses = (await Promise.all(Array.from({ length: 24 }, (_, index) => create(index % 2, index)))).map(
        ({ status }) => status,
      );
      const deadlocks = await metric(reference, DEADLOCKS);
      if (variant === '2014') {
        expect(deadlocks).toBeGreaterThan(0);
        expect(statuses.filter((status) => status === 500)).toHaveLength(deadlocks);
      } else {
        expect(deadlocks).toBe(0);
        expect(statuses.every((status) => status === 201 || status === 503)).toBe(true);
      }
      expect(statuses).toContain(201);
      await reference.stop();
    }
  });
});
