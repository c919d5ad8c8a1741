import { expect, test } from 'vitest';
import { atLeast, atMost, goalLine } from '../../bench/goal.ts';
import { ratios, spreadCell, spreadOf } from '../../bench/spread.ts';

const told = (value: number) => `${value} ms`;

test('a goal is met up to its limit, missed beyond, and not told without a figure', () => {
  expect(goalLine(atMost('late', 1, 1, told))).toBe('met      late: 1 ms');
  expect(goalLine(atMost('late', 1, 1.01, told))).toBe('NOT MET  late: 1.01 ms');
  for (const figure of [undefined, Number.NaN])
    expect(goalLine(atMost('late', 1, figure, told))).toBe('not told late: not measured');
});

test('a goal from below is met from its limit on', () => {
  expect(goalLine(atLeast('open', 20, 20, told))).toBe('met      open: 20 ms');
  expect(goalLine(atLeast('open', 20, 19, told))).toBe('NOT MET  open: 19 ms');
  expect(atLeast('open', 20, undefined, told).met).toBeUndefined();
});

test('a spread is the median between the least and the most, and none when a round is missing', () => {
  expect(spreadOf([4, 1, 9])).toEqual({ min: 1, median: 4, max: 9 });
  expect(spreadOf([4, 1])).toEqual({ min: 1, median: 2.5, max: 4 });
  expect(spreadOf([4, undefined, 9])).toBeUndefined();
  expect(spreadOf([])).toBeUndefined();
  expect([spreadOf([4, 1, 9]), spreadOf([3]), undefined].map((each) => spreadCell(each))).toEqual([
    '4 (1-9)',
    '3',
    '-',
  ]);
});

test('ratios are taken round by round', () => {
  expect(ratios([1, 4, 3], [2, 2, 0])).toEqual([0.5, 2, undefined]);
  expect(ratios([1, 4], [2])).toEqual([0.5, undefined]);
});
