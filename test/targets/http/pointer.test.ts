import { describe, expect, test } from 'vitest';
import { pointed } from '../../../targets/http/compile/pointer.ts';

describe('a JSON pointer', () => {
  const document = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'm~n': 8, ' ': 7 };

  test.each<[readonly string[], unknown]>([
    [[], document],
    [['foo'], ['bar', 'baz']],
    [['foo', '0'], 'bar'],
    [[''], 0],
    [['a/b'], 1],
    [['m~n'], 8],
    [[' '], 7],
  ])('of %j points to %j', (pointer, value) => {
    expect(pointed(pointer, document)).toEqual(value);
  });

  test.each([
    ['foo', '2'],
    ['foo', '-'],
    ['foo', '01'],
    ['foo', 'length'],
    ['foo', '0', 'length'],
    ['__proto__'],
    ['toString'],
  ])('of %j points to nothing', (...pointer: string[]) => {
    expect(pointed(pointer, document)).toBeUndefined();
  });
});
