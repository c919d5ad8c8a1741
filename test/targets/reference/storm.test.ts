import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningReference } from '../../../targets/reference/start.ts';
import { Impatient, type LoginAnswer } from '../../support/impatient.ts';
import {
  describeWithReference,
  eventually,
  metric,
  metrics,
  PATIENCE,
  PEOPLE,
  person,
  startForTest,
  stopStarted,
} from '../../support/reference.ts';

const WITHOUT_END = 120_000;

describeWithReference('logins beyond the capacity of the reference target', () => {
  let reference: RunningReference;
  let people: Impatient;
  beforeEach(() => {
    people = new Impatient();
  });
  afterEach(() => people.close());

  const queue = () => metric(reference, 'reference_login_queue_length');
  const departed = () => metric(reference, 'reference_login_queue_departed');
  const results = async () => {
    const kinds = ['granted', 'denied', 'abandoned', 'refused', 'expired', 'left', 'failed'];
    const counts = await metrics(
      reference,
      kinds.map((kind) => `reference_logins_total{result="${kind}"}`),
    );
    return Object.fromEntries(kinds.map((kind, at) => [kind, Number(counts[at])]));
  };
  const crowd = (size: number, patience: number): Promise<LoginAnswer[]> =>
    Promise.all(
      Array.from({ length: size }, (_, i) => people.login(reference.url, person(i % PEOPLE.length), patience)),
    );
  const idle = () => eventually(async () => (await queue()) === 0, 60_000);

  describe('as in 2020', () => {
    beforeAll(async () => {
      reference = await startForTest('2020');
    }, PATIENCE);
    afterAll(stopStarted, PATIENCE);

    test('nobody is turned away, and the passwords of people who left are hashed all the same', async () => {
      const crowded = crowd(80, 150);
      await eventually(async () => (await departed()) > 10);
      const [waiting, gone] = await metrics(reference, [
        'reference_login_queue_length',
        'reference_login_queue_departed',
      ]);
      expect(gone).toBeLessThanOrEqual(Number(waiting));
      const answers = await crowded;
      const served = answers.filter((answer) => typeof answer === 'object').length;
      await idle();
      await eventually(async () => sum(await results()) === 80);
      const { granted, abandoned, refused, left } = await results();
      expect({ refused, left }).toEqual({ refused: 0, left: 0 });
      expect(granted).toBeGreaterThanOrEqual(served);
      expect(abandoned).toBeGreaterThan(10);
      // Some leave between their hash and the answer.
      expect(await metric(reference, 'reference_hashes_total{for="departed"}')).toBeLessThanOrEqual(Number(abandoned));
      expect(await departed()).toBe(0);
    });

    test('a login that waits longer than the limit expires, and is not hashed', async () => {
      const before = await results();
      const answers = await crowd(1_500, WITHOUT_END);
      const after = await results();
      const of = (status: number) => answers.filter((answer) => typeof answer === 'object' && answer.status === status);
      expect(of(504).length).toBeGreaterThan(0);
      expect(of(504).length).toBe(Number(after.expired) - Number(before.expired));
      expect(of(200).length).toBe(Number(after.granted) - Number(before.granted));
      expect(of(200).length + of(504).length).toBe(1_500);
    });

    test('the metrics answer while hundreds wait', async () => {
      const waiting = crowd(300, 3_000);
      await eventually(async () => (await queue()) > 100);
      const began = performance.now();
      await metric(reference, 'process_start_time_seconds');
      expect(performance.now() - began).toBeLessThan(2_000);
      await waiting;
      await idle();
    });
  });

  describe('hardened', () => {
    beforeAll(async () => {
      reference = await startForTest('hardened');
    }, PATIENCE);

    test('the queue is bounded, and the surplus is told at once when to come back', async () => {
      const answers = await crowd(100, WITHOUT_END);
      const refused = answers.filter((answer) => typeof answer === 'object' && answer.status === 503);
      const served = answers.filter((answer) => typeof answer === 'object' && answer.status === 200);
      expect(served.length).toBeGreaterThanOrEqual(14);
      expect(refused.length).toBeGreaterThan(0);
      expect(served.length + refused.length).toBe(100);
      const waits = refused.map((answer) => (typeof answer === 'object' ? answer.retryAfter : undefined));
      expect(waits.every((wait) => wait !== undefined && ['1', '2', '3'].includes(wait))).toBe(true);
      expect(new Set(waits).size).toBeGreaterThan(1);
      expect(await results()).toMatchObject({ granted: served.length, refused: refused.length });
    });

    test('who leaves the queue gives the place back, and nobody hashes for them', async () => {
      const before = await results();
      const answers = await crowd(14, 30);
      await idle();
      await eventually(async () => sum(await results()) === sum(before) + 14);
      const after = await results();
      expect(answers).toContain('left');
      expect(Number(after.left)).toBeGreaterThan(Number(before.left));
      // Hashed for nobody are only those whose hash was at work when they left; how many, the machine decides.
      const hashed = await metric(reference, 'reference_hashes_total{for="departed"}');
      expect(hashed).toBeLessThanOrEqual(Number(after.abandoned));
      expect(await departed()).toBe(0);
    });
  });
});

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
