import { expect, test } from 'vitest';
import { steady } from '../../core/curve.ts';
import { Arrivals } from '../../generators/arrivals.ts';

const all = (arrivals: Arrivals, until = Number.POSITIVE_INFINITY) => {
  const taken: { index: number; due: number }[] = [];
  for (let next = arrivals.takeDue(until); next; next = arrivals.takeDue(until)) taken.push(next);
  return taken;
};

test('a constant rate spaces arrivals evenly from its first moment', () => {
  const due = all(new Arrivals([steady(500, 1_500, 10)])).map((arrival) => arrival.due);
  expect(due).toEqual([500, 600, 700, 800, 900, 1000, 1100, 1200, 1300, 1400]);
});

test('a ramp holds as many arrivals as the area under it, in order', () => {
  const ramp = [
    { from: 0, to: 10_000, startRate: 0, endRate: 100 },
    { from: 10_000, to: 20_000, startRate: 100, endRate: 0 },
  ];
  const due = all(new Arrivals(ramp)).map((arrival) => arrival.due);
  expect(due).toHaveLength(1_000);
  expect(due).toEqual([...due].sort((a, b) => a - b));
  // The n-th arrival of a ramp from 0 is due when the area under it reaches n.
  expect(due[450]).toBeCloseTo(Math.sqrt((2 * 450) / 10) * 1_000, 6);
});

test('a fraction of an arrival is carried over to the next segment and never lost', () => {
  const segments = Array.from({ length: 100 }, (_, i) => steady(i * 100, (i + 1) * 100, 5));
  expect(all(new Arrivals(segments))).toHaveLength(50);
});

test('shards take every arrival exactly once', () => {
  const curve = [{ from: 0, to: 5_000, startRate: 20, endRate: 333 }];
  const whole = all(new Arrivals(curve));
  const parts = [0, 1, 2].flatMap((index) => all(new Arrivals(curve, { index, count: 3 })));
  expect(parts.sort((a, b) => a.index - b.index)).toEqual(whole);
});

test('nothing is taken before it is due, and a stall takes all that has become due', () => {
  const arrivals = new Arrivals([steady(0, 10_000, 1_000)]);
  expect(all(arrivals, 99)).toHaveLength(100);
  expect(all(arrivals, 2_099)).toHaveLength(2_000);
});

test('a curve can be prolonged while it is being walked, without a gap in the numbers', () => {
  const arrivals = new Arrivals([steady(0, 1_000, 10)]);
  const first = all(arrivals, 1_000);
  arrivals.prolong([steady(1_000, 2_000, 20)]);
  const second = all(arrivals, 2_000);
  expect(first).toHaveLength(10);
  expect(second.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, i) => 10 + i));
  expect(second[0]?.due).toBe(1_000);
});

test('a rate of 0 holds nothing and ends', () => {
  expect(all(new Arrivals([steady(0, 1_000, 0), steady(1_000, 2_000, 3)]))).toHaveLength(3);
});
