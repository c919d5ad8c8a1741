import { expect, test } from 'vitest';
import { withoutSaid } from '../../../cli/storm/known-answer.ts';

test('an answer names what the target had to do without, and says of what is not missed that it does not save it', () => {
  const right = { rating: 'right', says: 'It kept 20 % of its quality.' } as const;
  expect(withoutSaid(right, [])).toEqual(right);
  expect(withoutSaid(right, ['loginQueue']).says).toBe('without loginQueue: It kept 20 % of its quality.');
  const wrong = { rating: 'wrong', says: 'It kept all of it.' } as const;
  expect(withoutSaid(wrong, ['loginQueue']).says).toBe('loginQueue is not what saves it: It kept all of it.');
  expect(withoutSaid(wrong, ['lockWait', 'calendarLocks'])).toEqual({
    rating: 'wrong',
    says: 'lockWait and calendarLocks are not what saves it: It kept all of it.',
  });
  const invalid = { rating: 'invalid', says: 'The generator was late.' } as const;
  expect(withoutSaid(invalid, ['loginQueue']).says).toBe('without loginQueue: The generator was late.');
});
