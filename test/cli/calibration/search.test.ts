import { expect, test } from 'vitest';
import { nextRate, type Outcome, type SearchTerms, type Step, search } from '../../../cli/calibration/search.ts';

const terms: SearchTerms = { from: 10, most: 1_000, closeness: 1.12, steps: 16 };

/** Searches a target that holds up to a rate, on a machine that can make another one. */
function searched(capacity: number, changes: Partial<SearchTerms> = {}, able = Number.POSITIVE_INFINITY) {
  return search({ ...terms, ...changes }, async (rate): Promise<Step> => {
    const outcome: Outcome = rate > able ? 'unfit' : rate <= capacity ? 'held' : 'broke';
    return { rate, outcome };
  });
}

test.each([1.5, 7, 10, 33, 73, 100, 640, 999])('a capacity of %d/s is found to an eighth', async (capacity) => {
  const { held, broke, steps } = await searched(capacity);
  expect(held?.rate).toBeLessThanOrEqual(capacity);
  expect(broke?.rate).toBeGreaterThan(capacity);
  // Rates are whole numbers from 10 on, and have one decimal below.
  expect((broke?.rate ?? 0) / (held?.rate ?? 1)).toBeLessThan(1.2);
  expect(steps.length).toBeLessThanOrEqual(terms.steps);
  expect(steps.at(-1)?.rate).toBe(held?.rate);
});

test('nothing above the most is tried, and nothing is told beyond it', async () => {
  const { held, broke, steps } = await searched(5_000, { most: 70 });
  expect([held?.rate, broke]).toEqual([70, undefined]);
  expect(Math.max(...steps.map(({ rate }) => rate))).toBe(70);
});

test('a target that holds nothing is let alone soon', async () => {
  const { held, steps } = await searched(0);
  expect(held).toBeUndefined();
  expect(steps.map(({ rate }) => rate)).toEqual([10, 5, 2.5, 1.3]);
});

test('a generator that cannot keep up twice ends the search', async () => {
  const { held, broke, unfit, steps } = await searched(5_000, {}, 45);
  expect([held?.rate, broke, unfit?.rate]).toEqual([40, undefined, 80]);
  expect(steps.map(({ rate }) => rate)).toEqual([10, 20, 40, 80, 80, 40]);
});

test('a generator that could not keep up once is asked again', async () => {
  let hiccup = true;
  const { held, unfit } = await search(terms, async (rate): Promise<Step> => {
    if (rate !== 40 || !hiccup) return { rate, outcome: rate <= 90 ? 'held' : 'broke' };
    hiccup = false;
    return { rate, outcome: 'unfit' };
  });
  expect(unfit).toBeUndefined();
  expect(held?.rate).toBeGreaterThan(75);
});

test('a step that held by luck is not what is found', async () => {
  let times = 0;
  const { held, broke } = await search(terms, async (rate): Promise<Step> => {
    if (rate !== 80) return { rate, outcome: rate < 80 ? 'held' : 'broke' };
    times += 1;
    return { rate, outcome: times === 1 ? 'held' : 'broke' };
  });
  expect([held?.rate, broke?.rate]).toEqual([40, 80]);
});

test('the steps are bounded, however odd the answers', async () => {
  let odd = 0;
  const { steps } = await search({ ...terms, closeness: 1 }, async (rate): Promise<Step> => {
    odd += 1;
    return { rate, outcome: (['held', 'broke', 'unfit'] as const)[odd % 3] ?? 'held' };
  });
  expect(steps.length).toBeLessThanOrEqual(terms.steps);
  expect(nextRate([], { ...terms, from: 2_000 })).toBe(1_000);
});
