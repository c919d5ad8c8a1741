import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../core/failure.ts';
import { Histogram } from '../../core/histogram.ts';
import { IMPOSTORS, type PlannedRetry } from '../../core/plan.ts';
import { Exhausted } from '../../generators/exhausted.ts';
import { constant, loaded, loginPlan, targetOf, total } from '../support/shards.ts';

const retry = (more: Partial<PlannedRetry>): PlannedRetry => ({
  ...{ share: 1, attempts: 3, base: 10, cap: 10, jitter: false, honoursRetryAfter: false },
  ...more,
});
const quick = targetOf(async () => {});

describe('an open load', () => {
  test('lets everybody start who is due, once, and tells of all of them', async () => {
    const { bins, health, traffic } = await loaded(loginPlan(constant(300, 2_000)), quick);
    expect(total(bins, ({ offered }) => offered)).toBe(600);
    expect(total(bins, ({ good }) => good)).toBe(600);
    expect(total(bins, ({ first }) => first)).toBe(600);
    expect(total(traffic, ({ succeeded }) => succeeded)).toBe(600);
    expect(total(health, ({ due }) => due)).toBe(600);
    expect(total(health, ({ started }) => started)).toBe(600);
    expect(bins.filter(({ second }) => second === 0).reduce((sum, { offered }) => sum + offered, 0)).toBe(300);
  });

  test('does not wait for a slow target', async () => {
    const slow = targetOf(() => sleep(1_000));
    const { bins, health } = await loaded(loginPlan(constant(200, 1_000)), slow);
    expect(total(bins, ({ offered }) => offered)).toBe(200);
    expect(Math.max(...health.map(({ inFlight }) => inFlight))).toBeGreaterThan(150);
  });

  test('does not hide a stall of its own: who was due in it is late, and waited', async () => {
    const stall = async () => {
      await sleep(300);
      for (const end = performance.now() + 700; performance.now() < end; ) Math.sqrt(end);
    };
    const { bins, health } = await loaded(loginPlan(constant(500, 1_500)), quick, stall);
    expect(total(bins, ({ offered }) => offered)).toBe(750);
    const latency = bins.reduce((all, { latency }) => all.merge(latency), new Histogram());
    const late = health.reduce((all, { late }) => all.merge(late), new Histogram());
    // Of 1.5 s of arrivals some 350 fall into the stall; half of them wait for more than 350 ms.
    expect(latency.total - latency.countUpTo(300_000)).toBeGreaterThan(120);
    expect(late.quantile(0.99) ?? 0).toBeGreaterThan(500_000);
    expect(Math.max(...health.map(({ lag }) => lag))).toBeGreaterThan(600);
  });

  test('drops who cannot be given a virtual user, and says so', async () => {
    const stuck = targetOf(() => sleep(2_000));
    const { bins, health } = await loaded(loginPlan(constant(100, 1_000), { maxVUs: 20 }), stuck);
    expect(total(bins, ({ offered }) => offered)).toBe(100);
    expect(total(bins, ({ dropped }) => dropped)).toBe(80);
    expect(total(health, ({ dropped }) => dropped)).toBe(80);
    expect(total(health, ({ due }) => due)).toBe(100);
  });

  test('leaves those pending who are still at it when it ends', async () => {
    const never = targetOf(() => sleep(20_000));
    const { bins } = await loaded(loginPlan(constant(50, 500)), never);
    expect(total(bins, ({ offered }) => offered)).toBe(25);
    const decided = total(
      bins,
      ({ good, shed, dropped, failed }) => good + shed + dropped + Object.values(failed).reduce((a, b) => a + b, 0),
    );
    expect(decided).toBe(0);
  });
});

describe('a person', () => {
  test('tries again as is their habit, and is counted once', async () => {
    let calls = 0;
    const third = targetOf(async () => {
      calls += 1;
      if (calls % 3 !== 0) throw new Failure('status', 'not yet');
    });
    const { bins, traffic } = await loaded(loginPlan(constant(1, 1_000), {}, { retries: [retry({})] }), third);
    expect(
      bins.map(({ offered, good, first, eventual, attempts }) => [offered, good, first, eventual, attempts]),
    ).toEqual(expect.arrayContaining([[expect.any(Number), 1, 0, 1, 3]]));
    expect(total(traffic, ({ attempts }) => attempts)).toBe(3);
    expect(total(traffic, ({ failed }) => failed.status)).toBe(2);
  });

  test('who gives up failed by the last thing that happened to them', async () => {
    const kinds = ['timeout', 'reset', 'shed'] as const;
    let calls = 0;
    const worse = targetOf(async () => {
      const kind = kinds[calls % 3] ?? 'shed';
      calls += 1;
      throw new Failure(kind, kind);
    });
    const { bins } = await loaded(loginPlan(constant(1, 1_000), {}, { retries: [retry({})] }), worse);
    expect(total(bins, ({ shed }) => shed)).toBe(1);
    expect(bins.flatMap(({ failed }) => Object.keys(failed))).toEqual([]);
    expect(total(bins, ({ attempts }) => attempts)).toBe(3);
  });

  test('who is denied does not insist', async () => {
    const strict = targetOf(async () => {
      throw new Failure('denied', 'no');
    });
    const { bins } = await loaded(loginPlan(constant(10, 1_000), {}, { retries: [retry({})] }), strict);
    expect(total(bins, ({ failed }) => failed.denied)).toBe(10);
    expect(total(bins, ({ attempts }) => attempts)).toBe(10);
  });

  test('who succeeds after the deadline is late: served at last, and not good', async () => {
    const made = loginPlan(constant(5, 1_000));
    const strict = { ...made, classes: made.classes.map((scored) => ({ ...scored, deadline: 50 })) };
    const { bins } = await loaded(
      strict,
      targetOf(() => sleep(150)),
    );
    expect(total(bins, ({ good }) => good)).toBe(0);
    expect(total(bins, ({ failed }) => failed.late)).toBe(5);
    expect(total(bins, ({ eventual }) => eventual)).toBe(5);
  });

  test('waits from when they were due, so that a retry lengthens their wait', async () => {
    let calls = 0;
    const second = targetOf(async () => {
      calls += 1;
      if (calls === 1) throw new Failure('shed', 'busy', 5_000);
    });
    const habits = { retries: [retry({ base: 300, cap: 300 })] };
    const { bins } = await loaded(loginPlan(constant(1, 1_000), {}, habits), second);
    const latency = bins.reduce((all, { latency }) => all.merge(latency), new Histogram());
    expect(latency.quantile(1) ?? 0).toBeGreaterThan(290_000);
  });

  test('with a wrong password is served well by being denied', async () => {
    const honest = targetOf(async (_, __, password) => {
      if (password.startsWith('not ')) throw new Failure('denied', 'no');
    });
    const { bins } = await loaded(loginPlan(constant(200, 1_000), {}, { wrongPassword: 0.5 }), honest);
    const impostors = bins.filter(({ cohort }) => cohort === IMPOSTORS);
    const tried = total(impostors, ({ offered }) => offered);
    expect(tried).toBeGreaterThan(60);
    expect(tried).toBeLessThan(140);
    expect(total(impostors, ({ good }) => good)).toBe(tried);
    expect(total(bins, ({ good }) => good)).toBe(200);
  });

  test('with a wrong password who is let in is the worst a target can do', async () => {
    const { bins } = await loaded(loginPlan(constant(50, 1_000), {}, { wrongPassword: 1 }), quick);
    expect(total(bins, ({ failed }) => failed.granted)).toBe(50);
    expect(total(bins, ({ good }) => good)).toBe(0);
  });

  test('whom the generator has no socket for is dropped, not failed', async () => {
    const spent = targetOf(async () => {
      throw new Exhausted('EMFILE');
    });
    const { bins, health, bugs, notes } = await loaded(loginPlan(constant(10, 1_000)), spent);
    expect(total(bins, ({ dropped }) => dropped)).toBe(10);
    expect(total(health, ({ dropped }) => dropped)).toBe(10);
    expect(total(bins, ({ failed }) => Object.keys(failed).length)).toBe(0);
    expect(bugs).toEqual([]);
    expect(notes).toEqual(['EMFILE']);
  });
});

test("a bug in a journey or an adapter is no failure of the target's: it comes out as a bug", async () => {
  const buggy = targetOf(async () => {
    JSON.parse('{');
  });
  const { bugs } = await loaded(loginPlan(constant(3, 1_000)), buggy);
  expect(bugs).toHaveLength(3);
  expect(bugs[0]).toBeInstanceOf(SyntaxError);
});

test('the same seed sends the same people in the same order', async () => {
  const seen: string[][] = [[], []];
  for (const list of seen) {
    const target = targetOf(async (_, email) => void list.push(email));
    await loaded(loginPlan(constant(40, 1_000)), target);
  }
  expect(seen[0]).toEqual(seen[1]);
  expect(new Set(seen[0]).size).toBeGreaterThan(10);
});

test('a closed load keeps as many at it as planned, and slows down with the target', async () => {
  let most = 0;
  let now = 0;
  const slow = targetOf(async () => {
    now += 1;
    most = Math.max(most, now);
    await sleep(100);
    now -= 1;
  });
  const { bins } = await loaded(loginPlan(constant(5, 1_000), { model: 'closed' }), slow);
  expect(most).toBe(5);
  const walked = total(bins, ({ offered }) => offered);
  expect(walked).toBeGreaterThan(20);
  expect(walked).toBeLessThanOrEqual(55);
});
