import { expect, test } from 'vitest';
import { PARTS, readOptions, USAGE } from '../../bench/options.ts';
import { Mistakes } from '../../core/mistake.ts';

function mistakesOf(args: readonly string[]) {
  try {
    readOptions(args);
  } catch (thrown) {
    if (thrown instanceof Mistakes) return thrown.list;
    throw thrown;
  }
  throw new Error('nothing was wrong');
}

test('without a word everything is measured', () => {
  expect(readOptions([])).toEqual({ rates: [1_000, 5_000, 10_000], seconds: 20, rounds: 3, only: PARTS, json: false });
});

test('parts, rates, length and rounds can be chosen', () => {
  const args = ['--only', 'start,cpu', '--rates=500', '--seconds', '3', '--rounds', '1', '--json'];
  expect(readOptions(args)).toEqual({ rates: [500], seconds: 3, rounds: 1, only: ['start', 'cpu'], json: true });
});

test('all mistakes are told at once', () => {
  expect(mistakesOf(['--only', 'memry', '--rounds', '0', '--rates', '1000,fast'])).toEqual([
    { where: '--rates', what: 'must be a whole number from 1 to 100000, not "fast"' },
    { where: '--rounds', what: 'must be a whole number from 1 to 100, not "0"' },
    { where: '--only', what: 'there is no part "memry"', mend: 'did you mean memory?' },
  ]);
});

test('an option nobody knows is answered with those there are', () => {
  expect(mistakesOf(['--round', '2'])).toMatchObject([{ where: 'usage', mend: USAGE }]);
});
