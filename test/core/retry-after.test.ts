import { describe, expect, test } from 'vitest';
import { httpDate } from '../../core/http-date.ts';
import { retryAfterOf } from '../../core/retry-after.ts';
import { answerOf } from '../support/scripted-transport.ts';

const EPOCH = Date.UTC(1994, 10, 6, 8, 49, 37);

describe('a date of HTTP', () => {
  test.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
    'is read from %s',
    (text) => {
      expect(httpDate(text, Date.UTC(2025, 0))).toBe(EPOCH);
    },
  );

  test('of two digits is at most 50 years ahead', () => {
    expect(httpDate('Sunday, 06-Nov-75 08:49:37 GMT', Date.UTC(2025, 0))).toBe(Date.UTC(2075, 10, 6, 8, 49, 37));
    expect(httpDate('Sunday, 06-Nov-76 08:49:37 GMT', Date.UTC(2025, 0))).toBe(Date.UTC(1976, 10, 6, 8, 49, 37));
  });

  test.each(['', '0', '1994-11-06T08:49:37Z', 'Sun, 06 Nov 1994 08:49:37', 'Sun, 06 Nox 1994 08:49:37 GMT'])(
    'is not read from %j',
    (text) => {
      expect(httpDate(text, 0)).toBeUndefined();
    },
  );
});

describe('Retry-After', () => {
  const of = (value: string | undefined, date = 'Sun, 06 Nov 1994 08:49:37 GMT') =>
    retryAfterOf(
      answerOf({ headers: { ...(value !== undefined && { 'retry-after': value }), ...(date && { date }) } }),
    );

  test.each<[string | undefined, number | undefined]>([
    ['0', 0],
    ['120', 120_000],
    [' 2 ', 2_000],
    ['Sun, 06 Nov 1994 08:49:39 GMT', 2_000],
    ['Sun, 06 Nov 1994 08:49:00 GMT', 0],
    ['1.5', undefined],
    ['-1', undefined],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('of %j is %j ms', (value, ms) => {
    expect(of(value)).toBe(ms);
  });

  test('counts from now when the answer has no date', () => {
    const inAMinute = new Date(Date.now() + 60_000).toUTCString();
    expect(of(inAMinute, '')).toBeGreaterThan(50_000);
    expect(of(inAMinute, 'never')).toBeLessThanOrEqual(60_000);
  });
});
