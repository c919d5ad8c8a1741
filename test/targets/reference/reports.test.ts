import { afterEach, expect, test } from 'vitest';
import type { VariantName } from '../../../targets/reference/variants.ts';
import { ask, describeWithReference, metrics, startForTest, stopStarted, tokenOf } from '../../support/reference.ts';

const REPORTS = ['answered', 'refused'].map((result) => `reference_reports_total{result="${result}"}`);

/** Asks for so many reports at once. */
async function reportsAtOnce(variant: VariantName, many: number) {
  const reference = await startForTest(variant);
  const token = await tokenOf(reference);
  const answers = await Promise.all(
    Array.from({ length: many }, () => ask(`${reference.url}/v1/reports?text=Bo`, { token })),
  );
  return { reference, token, answers, counted: await metrics(reference, REPORTS) };
}

describeWithReference('reports', () => {
  afterEach(stopStarted);

  test('say how much each host met, and where the text was found', async () => {
    const { reference, token, answers } = await reportsAtOnce('hardened', 1);
    const [answer] = answers;
    const { text, hosts } = (answer?.body ?? {}) as { text: string; hosts: Record<string, number | string>[] };
    expect([text, hosts.length]).toEqual(['Bo', 4]);
    expect(hosts.reduce((sum, { meetings }) => sum + Number(meetings), 0)).toBe(24_000);
    expect(hosts.reduce((sum, { found }) => sum + Number(found), 0)).toBeGreaterThan(4_000);
    expect((await ask(`${reference.url}/v1/reports`, { token })).status).toBe(400);
    expect((await ask(`${reference.url}/v1/reports?text=Bo`)).status).toBe(401);
  });

  test('in 2016 there are as many at work as are asked for, and everybody waits for the database', async () => {
    const { reference, answers, counted } = await reportsAtOnce('2016', 30);
    expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(200));
    expect(counted).toEqual([30, 0]);
    const [waited = 0] = await metrics(reference, ['reference_database_wait_seconds_total{for="report"}']);
    expect(waited).toBeGreaterThan(0.5);
  });

  test('hardened makes a few of them and refuses the others with a time to come back', async () => {
    const { answers, counted } = await reportsAtOnce('hardened', 30);
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(15);
    for (const { headers } of refused) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(counted).toEqual([30 - refused.length, refused.length]);
    expect(answers.every(({ status }) => status === 200 || status === 503)).toBe(true);
  });
});
