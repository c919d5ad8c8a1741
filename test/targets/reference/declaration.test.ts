import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../../../core/target.ts';
import { OPERATIONS } from '../../../core/target.ts';
import { parseHttpDeclaration } from '../../../targets/http/schema.ts';
import { httpTarget } from '../../../targets/http/target.ts';
import { referenceDeclaration } from '../../../targets/reference/declaration.ts';
import type { RunningReference } from '../../../targets/reference/start.ts';
import { describeWithReference, eventually, PATIENCE, person, startForTest } from '../../support/reference.ts';
import { tinyTransport } from '../../support/tiny-transport.ts';
import { wishFor } from '../../support/wish.ts';

const idle = {
  url: 'http://127.0.0.1:1',
  metricsUrl: 'http://127.0.0.1:1/metrics',
  capacity: { login: 90 },
  media: [],
  edges: [],
  recordings: false,
};

test('the declaration of the reference target is one its users could have written', () => {
  const declaration = parseHttpDeclaration(referenceDeclaration(idle), 'targets.reference', {});
  const target = httpTarget('reference', declaration);
  // Without media servers nobody has media, without edges there is no web client, and without a volume nothing is recorded.
  const absent: readonly string[] = ['media', 'fetchAssets', 'record', 'findRecording'];
  expect(target.operations).toEqual(OPERATIONS.filter((operation) => !absent.includes(operation)));
  expect(target.capacity).toEqual({ login: 90 });
});

describeWithReference('the reference target through its declaration', () => {
  let reference: RunningReference;
  const transport = tinyTransport(60_000);
  beforeAll(async () => {
    reference = await startForTest('hardened');
  }, PATIENCE);
  afterAll(() => transport.close());

  const client = (index: number, password?: string): Client => {
    const declaration = parseHttpDeclaration(referenceDeclaration(reference), 'targets.reference', {});
    const someone = { index, ...person(index), ...(password !== undefined && { password }) };
    return httpTarget('reference', declaration).client(transport, someone);
  };

  test('people sign in, meet, talk and leave', async () => {
    const [ada, bo] = [client(0), client(1)];
    await Promise.all([ada.login?.(), bo.login?.()]);
    const meeting = await ada.createMeeting?.(wishFor('Stand-up'));
    if (!meeting) throw new Error('no meeting was created');
    const seats = [await ada.join?.(meeting), await bo.join?.(meeting)];
    expect(await ada.findMeeting?.(meeting.id)).toMatchObject({ id: meeting.id, participants: 2 });
    await Promise.all(seats.map((seat, index) => seat?.chat?.(`"${index}" ☀`)));
    for (const seat of seats) seat?.leave();
    await eventually(async () => (await ada.findMeeting?.(meeting.id))?.participants === 0);
    expect(await ada.findMeeting?.('none')).toBeUndefined();
  });

  test('a wrong password is denied', async () => {
    await expect(client(0, 'wrong').login?.()).rejects.toMatchObject({ kind: 'denied' });
  });

  test('a meeting that is not there fails to be joined', async () => {
    const ada = client(0);
    await ada.login?.();
    await expect(ada.join?.({ id: 'none' })).rejects.toMatchObject({ name: 'Failure' });
  });

  test('beyond the capacity people are shed, and told when to come back', async () => {
    const crowd = await Promise.allSettled(Array.from({ length: 60 }, (_, index) => client(index % 4).login?.()));
    const refused = crowd.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused.length).toBeGreaterThan(0);
    for (const failure of refused) {
      expect(failure).toMatchObject({ name: 'Failure', kind: 'shed' });
      expect([1_000, 2_000, 3_000]).toContain(failure.retryAfter);
    }
  });
});
