import { beforeAll, expect, test } from 'vitest';
import type { RunningReference } from '../../../targets/reference/start.ts';
import {
  ask,
  describeWithReference,
  metric,
  PATIENCE,
  person,
  startForTest,
  tokenOf,
} from '../../support/reference.ts';

describeWithReference('logins and meetings of the reference target', () => {
  let reference: RunningReference;
  beforeAll(async () => {
    reference = await startForTest('hardened');
  }, PATIENCE);

  const login = (body: unknown) => ask(`${reference.url}/v1/login`, { method: 'POST', body });
  const count = (result: string) => metric(reference, `reference_logins_total{result="${result}"}`);

  test('the right password is granted a session that ends some day', async () => {
    const { email, password } = person(2);
    const { status, body } = await login({ email, password });
    expect(status).toBe(200);
    expect(String(body.token)).toMatch(/^[\w-]{32}$/);
    expect(Date.parse(String(body.expires))).toBeGreaterThan(Date.now());
    expect(await count('granted')).toBe(1);
  });

  test.each([
    ['a wrong password', { email: person(0).email, password: person(1).password }],
    ['an unknown account', { email: 'nobody@example.org', password: person(0).password }],
  ])("%s is denied, after a hash like a right one's", async (_, credentials) => {
    const [denied, hashes] = [await count('denied'), await metric(reference, 'reference_hashes_total{for="present"}')];
    const { status, body } = await login(credentials);
    expect({ status, body }).toEqual({ status: 401, body: { error: 'denied' } });
    expect(await count('denied')).toBe(denied + 1);
    expect(await metric(reference, 'reference_hashes_total{for="present"}')).toBe(hashes + 1);
  });

  test('who has no account takes the gateway as much work as who has one', async () => {
    const work = async (email: string) => {
      const before = await metric(reference, 'process_cpu_seconds_total');
      for (let i = 0; i < 15; i += 1) await login({ email, password: 'wrong' });
      return (await metric(reference, 'process_cpu_seconds_total')) - before;
    };
    expect(await work('nobody@example.org')).toBeGreaterThan(0.5 * (await work(person(0).email)));
  });

  test('who is signed in creates a meeting, and finds it with nobody in it', async () => {
    const token = await tokenOf(reference);
    const created = await ask(`${reference.url}/v1/meetings`, { method: 'POST', token, body: { name: 'Stand-up ☀' } });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({ id: expect.any(String), name: 'Stand-up ☀' });
    const found = await ask(`${reference.url}/v1/meetings/${created.body.id}`, { token });
    expect(found).toMatchObject({ status: 200, body: { ...created.body, participants: 0 } });
    expect(await metric(reference, 'reference_meetings_created_total')).toBe(1);
  });

  test('a meeting nobody created is not found', async () => {
    const { status } = await ask(`${reference.url}/v1/meetings/none`, { token: await tokenOf(reference) });
    expect(status).toBe(404);
  });

  test.each([undefined, 'a-foreign-token', ''])('without a session (%j) there are no meetings', async (token) => {
    const created = await ask(`${reference.url}/v1/meetings`, { method: 'POST', token, body: { name: 'Secret' } });
    expect([created.status, created.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect((await ask(`${reference.url}/v1/meetings/none`, { token })).status).toBe(401);
  });

  test('every metric of the gateway stands there from the start, and requests are told by route and status', async () => {
    await ask(`${reference.url}/nowhere`);
    const text = await (await fetch(reference.metricsUrl)).text();
    for (const series of [
      'reference_logins_total{result="abandoned"} 0',
      'reference_hashes_total{for="departed"} 0',
      'reference_login_queue_length 0',
      'reference_login_queue_departed 0',
      'reference_joins_total{result="joined"} 0',
      'reference_chat_messages_total 0',
      'reference_participants 0',
      // Ten for everybody, and one that only reports may use.
      'reference_database_pool_size 11',
      'reference_database_pool_used 0',
      'reference_database_pool_waiting 0',
      'reference_http_requests_active 1',
      'reference_http_request_duration_seconds_count{route="login",status="200"} ',
      'reference_http_request_duration_seconds_count{route="unknown",status="404"} ',
      'reference_login_wait_seconds_count ',
      'process_start_time_seconds ',
      'process_cpu_seconds_total ',
      'nodejs_eventloop_lag_seconds ',
    ]) {
      expect(text).toContain(`\n${series}`);
    }
  });
});
