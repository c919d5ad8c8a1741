import { expect, test } from 'vitest';
import { turnsOf } from './turns.ts';

test('everybody has a turn, as often as the others, and nobody twice a day', () => {
  const items = ['a', 'b', 'c', 'd', 'e'];
  const days = Array.from({ length: 5 }, (_, day) => turnsOf(items, 2, 20_000 + day));
  for (const turns of days) expect(new Set(turns).size).toBe(2);
  for (const item of items) expect(days.flat().filter((one) => one === item)).toHaveLength(2);
  expect(turnsOf(items, 9)).toHaveLength(5);
  expect(turnsOf([], 2)).toEqual([]);
});
