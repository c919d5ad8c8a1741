import { expect, test } from 'vitest';
import { coresIn, onCore, pickCores } from '../../bench/cores.ts';

test('lists of cores are read as the kernel writes them', () => {
  expect(coresIn('0-3,8')).toEqual([0, 1, 2, 3, 8]);
  expect(coresIn('5')).toEqual([5]);
  expect(coresIn('')).toEqual([]);
});

test('each side gets one of the cores this process may use', () => {
  const cores = pickCores();
  expect(onCore({ server: 2, client: 7 }, 'client', ['node', 'x'])).toEqual(['taskset', '-c', '7', 'node', 'x']);
  expect(onCore(undefined, 'client', ['node', 'x'])).toEqual(['node', 'x']);
  if (cores) expect(Number.isInteger(cores.server) && Number.isInteger(cores.client)).toBe(true);
});
