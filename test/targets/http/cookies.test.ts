import { describe, expect, test } from 'vitest';
import { CookieJar } from '../../../targets/http/cookies.ts';
import { answerOf } from '../../support/scripted-transport.ts';

/** The Cookie header after these Set-Cookie headers, one answer each. */
function jarAfter(...lines: readonly (string | readonly string[])[]): string | undefined {
  const jar = new CookieJar();
  for (const line of lines) jar.keep('a', answerOf({ headers: { 'set-cookie': line } }));
  return jar.header('a');
}

describe('a cookie jar', () => {
  test('sends back what was set, in order, without attributes', () => {
    expect(jarAfter('sid=1; Path=/; Secure; HttpOnly; SameSite=Lax', ['theme="dark"', 'empty='])).toBe(
      'sid=1; theme="dark"; empty=',
    );
  });

  test('keeps the last value of a name', () => {
    expect(jarAfter('sid=1', 'x=2', 'sid=3=4')).toBe('sid=3=4; x=2');
  });

  test.each([
    'sid=; Max-Age=0',
    'sid=x; max-age=-1',
    'sid=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    'sid=x; expires=Thu, 01-Jan-1970 00:00:00 GMT',
    'sid=x; expires=Thursday, 01-Jan-70 00:00:00 GMT',
    'sid=x; Max-Age=9; Max-Age=0',
    'sid=x; Max-Age=0; Expires=Fri, 31 Dec 2399 00:00:00 GMT',
  ])('forgets a cookie on %s', (line) => {
    expect(jarAfter('sid=1', line)).toBeUndefined();
    expect(jarAfter('sid=1', 'x=2', line)).toBe('x=2');
  });

  test.each([
    'sid=x; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    'sid=x; Expires=Fri, 31 Dec 2399 00:00:00 GMT',
    'sid=x; Expires=whenever',
    'sid=x; Max-Age=soon',
    'sid=x; Max-Age',
  ])('keeps a cookie on %s', (line) => {
    expect(jarAfter('sid=1', line)).toBe('sid=x');
  });

  test.each(['', 'sid', '=x', ' =x', 'sid=a\nb', 'sid=ä'])('takes no notice of %j', (line) => {
    expect(jarAfter('x=1', line)).toBe('x=1');
  });

  test('shows cookies to no other host', () => {
    const jar = new CookieJar();
    jar.keep('a', answerOf({ headers: { 'set-cookie': 'sid=1' } }));
    jar.keep('b', answerOf({ headers: { 'set-cookie': 'sid=2' } }));
    jar.keep('c', answerOf({}));
    expect([jar.header('a'), jar.header('b'), jar.header('c')]).toEqual(['sid=1', 'sid=2', undefined]);
  });
});
