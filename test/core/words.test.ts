import { expect, test } from 'vitest';
import { arrivalsIn, peakRate, rateAt, steady } from '../../core/curve.ts';
import { isDuration, milliseconds, spoken } from '../../core/duration.ts';
import { Mistakes } from '../../core/mistake.ts';
import { nearest } from '../../core/nearest.ts';

test('durations are read as people write them, and nothing else is', () => {
  expect(['500ms', '1.5s', '2m', '1h'].map((d) => milliseconds(d as '1s'))).toEqual([500, 1_500, 120_000, 3_600_000]);
  for (const no of ['5 min', '1', 's', '-1s', '1e3s', '', '1s ']) expect(isDuration(no)).toBe(false);
  expect(() => milliseconds('soon' as '1s')).toThrow(TypeError);
});

test('times are said as people say them', () => {
  expect([0.4, 850, 4_500, 60_000, 150_000, 3_600_000].map(spoken)).toEqual([
    ...['0.4 ms', '850 ms', '4.5 s', '1 min', '2 min 30 s', '1 h'],
  ]);
});

test('a mistyped name finds its neighbour, a foreign one does not', () => {
  const known = ['login-storm', 'creation-spike', 'bandwidth-wall'];
  expect(nearest('loginstorm', known)).toBe('login-storm');
  expect(nearest('Login-Strom', known)).toBe('login-storm');
  expect(nearest('cpas', ['targets', 'caps'])).toBe('caps');
  expect(nearest('xyz', known)).toBeUndefined();
});

test('mistakes are told all at once, one a line', () => {
  const thrown = new Mistakes([
    { where: 'a.b', what: 'is missing', mend: 'add it' },
    { where: '--c', what: 'is not a number' },
  ]);
  expect(thrown.message).toBe('a.b: is missing (add it)\n--c: is not a number');
});

test('the peak of several curves is found where they overlap', () => {
  const ramp = { from: 0, to: 10_000, startRate: 0, endRate: 100 };
  expect(peakRate([[ramp], [steady(4_000, 6_000, 50)]])).toBeCloseTo(110, 3);
  expect(rateAt([ramp], 2_500)).toBe(25);
  expect(rateAt([ramp], 10_000)).toBe(0);
  expect(arrivalsIn(ramp)).toBe(500);
});
