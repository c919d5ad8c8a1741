import { describe, expect, test } from 'vitest';
import { arrivalsIn } from '../../core/curve.ts';
import { Mistakes } from '../../core/mistake.ts';
import { type PlannedScenario, phaseOf } from '../../core/plan.ts';
import { plan } from '../../core/planning/plan.ts';
import type { PlanRequest } from '../../core/planning/request.ts';
import { greatOutage } from '../../profiles/great-outage.ts';
import { profiles } from '../../profiles/index.ts';
import { loginStorm } from '../../profiles/login-storm.ts';
import { recordingDiskFull } from '../../profiles/recording-disk-full.ts';
import { ticketFlood } from '../../profiles/ticket-flood.ts';

const arrivals = ({ curve }: PlannedScenario) => curve.reduce((sum, segment) => sum + arrivalsIn(segment), 0);
const named = (made: ReturnType<typeof plan>, name: string) => {
  const scenario = made.scenarios.find((candidate) => candidate.name === name);
  if (!scenario) throw new Error(`no scenario ${name}`);
  return scenario;
};
const mistakesOf = (request: PlanRequest): string => {
  try {
    plan(loginStorm, request);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(Mistakes);
    return (thrown as Mistakes).message;
  }
  return '';
};

describe('phases', () => {
  test('follow each other without a gap, and quick pace keeps the windows of the score', () => {
    const { phases, windows } = plan(loginStorm);
    expect(phases.map(({ name }) => name)).toEqual(['warm-up', 'baseline', 'storm', 'recovery']);
    for (const [i, phase] of phases.entries()) expect(phase.from).toBe(phases[i - 1]?.to ?? 0);
    expect(windows).toEqual({ stretch: 6_000, mean: 3_000, objective: 3_000, rto: 12_000, floor: 5_000 });
  });

  test('natural pace has the lengths of the score', () => {
    const made = plan(loginStorm, { pace: 'natural' });
    const lengths = made.phases.map(({ from, to }) => to - from);
    expect(lengths).toEqual([10_000, 60_000, 72_000, 120_000]);
    expect(made.windows.rto).toBe(60_000);
  });

  test('recovery is never shorter than two RTOs', () => {
    const made = plan(loginStorm, { pace: 'quick' });
    const { from, to } = phaseOf(made, 'recovery');
    expect(to - from).toBeGreaterThanOrEqual(2 * made.windows.rto);
  });
});

describe('size', () => {
  test('the storm with the base load is ten times the base load', () => {
    const made = plan(loginStorm);
    const base = named(made, 'daily-logins').curve[0]?.startRate ?? 0;
    expect((named(made, 'storm').curve.at(-1)?.endRate ?? 0) + base).toBe(10 * base);
  });

  test('--scale multiplies every rate and the people who are there before', () => {
    const [once, thrice] = [plan(loginStorm), plan(loginStorm, { scale: 3 })];
    for (const { name } of once.scenarios) {
      expect(arrivals(named(thrice, name))).toBeCloseTo(3 * arrivals(named(once, name)), 6);
    }
    expect(named(thrice, 'meetings').signedIn).toBe(3 * named(once, 'meetings').signedIn);
  });

  test('--users sets how many people are hit during the storm', () => {
    const made = plan(loginStorm, { users: 10_000 });
    const { from, to } = phaseOf(made, 'storm');
    const base = named(made, 'daily-logins').curve[0]?.startRate ?? 0;
    const hit = arrivals(named(made, 'storm')) + (base * (to - from)) / 1_000;
    expect(hit).toBeCloseTo(10_000, 3);
  });

  test('--base-rate is the rate of the base load', () => {
    expect(named(plan(loginStorm, { baseRate: 40 }), 'daily-logins').curve[0]?.startRate).toBeCloseTo(40, 9);
  });

  test('a declared capacity sets the size, so that the storm goes beyond it and the base load well below', () => {
    const made = plan(loginStorm, { capacity: { login: 400 } });
    expect(named(made, 'daily-logins').curve[0]?.startRate).toBeCloseTo(0.29 * 400, 9);
    expect(made.bounds.peakRate).toBeGreaterThan(2 * 400);
  });

  test('a small capacity gets the base load that quick windows need, where 30 % of it is as much', () => {
    const base = (login: number) =>
      named(plan(loginStorm, { capacity: { login } }), 'daily-logins').curve[0]?.startRate;
    expect(base(67)).toBeCloseTo(20, 9);
    expect(() => base(66)).toThrow('too little for quick windows');
  });
});

describe('a storm of several waves', () => {
  test('has each of them in its time, at either pace', () => {
    for (const [pace, unit] of [
      ['quick', 1_000],
      ['natural', 6_000],
    ] as const) {
      const made = plan(greatOutage, { pace });
      const { from, to } = phaseOf(made, 'storm');
      const waves = made.scenarios.filter(({ role }) => role === 'storm').map(({ curve }) => curve);
      expect(waves.map(([only]) => [only?.from, only?.to])).toEqual(
        [0, 9, 18, 27].map((after) => [from + after * unit, from + (after + 3) * unit]),
      );
      expect(Math.max(...waves.flat().map((segment) => segment.to))).toBeLessThanOrEqual(to);
    }
  });

  test('every wave of every profile ends with the storm at the latest', () => {
    for (const profile of profiles) {
      const made = plan(profile, { pace: 'natural' });
      const ends = made.scenarios
        .filter(({ role }) => role === 'storm')
        .flatMap(({ curve }) => curve.map(({ to }) => to));
      expect(Math.max(0, ...ends)).toBeLessThanOrEqual(phaseOf(made, 'storm').to);
    }
  });
});

test('what does not count needs no base load of a size', () => {
  const made = plan(ticketFlood, { pace: 'quick' });
  expect(named(made, 'tickets').curve[0]?.startRate).toBe(2);
  expect((named(made, 'flood').curve[0]?.startRate ?? 0) + 2).toBe(100 * 2);
  expect(made.components).toContain('durable');
  const deaf = plan(ticketFlood, {
    pace: 'quick',
    operations: ['login', 'openTicket', 'createMeeting', 'join', 'chat'],
  });
  expect(deaf.components).not.toContain('durable');
});

test('recordings that are acknowledged are asked for where the target tells of them', () => {
  const operations = ['login', 'createMeeting', 'join', 'chat', 'record'] as const;
  expect(plan(recordingDiskFull, { operations }).components).not.toContain('durable');
  expect(plan(recordingDiskFull, { operations: [...operations, 'findRecording'] }).components).toContain('durable');
});

describe('what a target lacks', () => {
  test('is left out, named, and not judged on', () => {
    const made = plan(loginStorm, { operations: ['login'] });
    expect(made.uncovered).toEqual([{ scenario: 'meetings', lacks: ['createMeeting', 'join'] }]);
    expect(made.components).toEqual(['absorb', 'recover', 'floor']);
    expect(made.cohorts.map(({ name }) => name)).toEqual(['everybody', 'impostors']);
  });

  test('a whole target is judged on everything', () => {
    expect(plan(loginStorm).components).toEqual(['absorb', 'recover', 'isolate', 'durable', 'floor']);
  });
});

describe('mistakes', () => {
  test('of a request come all at once, each with its place and a mend', () => {
    const says = mistakesOf({ scale: -1, users: Number.NaN, seed: 1.5, capacity: { login: 0 } });
    expect(says.split('\n')).toHaveLength(5);
    for (const place of ['--scale:', '--users:', '--seed:', 'capacity.login:', '--scale, --users:'])
      expect(says).toContain(place);
  });

  test('a base load above 30 % of capacity is refused: nothing could recover', () => {
    expect(mistakesOf({ baseRate: 40, capacity: { login: 100 } })).toMatch(/more than 30 %.*--base-rate 29/);
  });

  test('a base load too small for quick windows is refused, and natural pace takes it', () => {
    expect(mistakesOf({ baseRate: 5 })).toContain('--pace natural');
    expect(mistakesOf({ baseRate: 5, pace: 'natural' })).toBe('');
  });

  test('an absurd rate is refused', () => {
    expect(mistakesOf({ scale: 1e6 })).toContain('arrivals/s at the peak');
  });

  test('a target that offers nothing of what is stormed is refused', () => {
    expect(mistakesOf({ operations: ['join'] })).toMatch(/offers none .*login/);
  });
});

test('a plan is plain data: it survives being written down', () => {
  const made = plan(loginStorm, { seed: 9, capacity: { login: 90 } });
  expect(JSON.parse(JSON.stringify(made))).toEqual(made);
});

test('the bounds hold the whole run, the probe included', () => {
  const made = plan(loginStorm);
  const { hold, observe, levels } = made.probe;
  expect(made.bounds.length).toBeGreaterThanOrEqual(phaseOf(made, 'recovery').to + levels.length * (hold + observe));
  expect(hold).toBeGreaterThanOrEqual(5_000 + made.habits.longestRetryDelay);
});
