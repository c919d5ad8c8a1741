import { expect, test } from 'vitest';
import { busyTicks } from '../../bench/others.ts';

test('what the kernel says of all cores is added up without idling, waiting and guests', () => {
  expect(busyTicks('cpu  1000 200 30 5000 700 4 5 6 1000 200\ncpu0 1 1 1 1 1 1 1 1 1 1\n')).toBe(1_245);
});
