import { expect, test } from 'vitest';
import { constantSchedule, lateness, latenessAtLeast } from '../../bench/lateness.ts';

const due = constantSchedule(100, 1);

test('arrivals are held against when they were due, in whatever order they came', () => {
  const arrivals = due.map((moment, index) => moment + (index === 50 ? 5 : 1)).reverse();
  expect(lateness(arrivals, due, 0)).toEqual({ p50: 1, p99: 1, max: 5 });
  expect(lateness(arrivals, due, 510)).toEqual({ p50: 1, p99: 1, max: 1 });
});

test('a client that does not tell when it began is held against its promptest arrival', () => {
  const arrivals = due.map((moment, index) => 70_000 + moment + (index % 2 === 0 ? 2 : 3));
  expect(latenessAtLeast(arrivals, due, 0)).toEqual({ p50: 0, p99: 1, max: 1 });
});

test('when arrivals are missing nobody can say how late the others were', () => {
  expect(lateness(due.slice(1), due, 0)).toBeUndefined();
  expect(latenessAtLeast(due.slice(1), due, 0)).toBeUndefined();
});
