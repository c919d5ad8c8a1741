import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../metrics/exposition/family.ts';
import { deltas } from '../../../metrics/scrape/delta.ts';

const series = (values: Readonly<Record<string, number>>): Map<string, Sample> =>
  new Map(Object.entries(values).map(([name, value]) => [name, { name, labels: new Map(), value }]));

const none = () => false;

describe('the series that changed', () => {
  it('are all of them at first, and then those with another value', () => {
    const deltaOf = deltas(10);
    expect(deltaOf(series({ a: 1, b: 2 }), none)).toEqual({ series: { a: 1, b: 2 }, gone: [], exposed: 2, leftOut: 0 });
    expect(deltaOf(series({ a: 1, b: 3, c: 4 }), none).series).toEqual({ b: 3, c: 4 });
    expect(deltaOf(series({ a: 1, b: 3, c: 4 }), none).series).toEqual({});
  });

  it('are told again when they were away, even with the same value', () => {
    const deltaOf = deltas(10);
    deltaOf(series({ a: 1, b: 2 }), none);
    expect(deltaOf(series({ b: 2 }), none)).toMatchObject({ series: {}, gone: ['a'] });
    expect(deltaOf(series({ b: 2 }), none).gone).toEqual([]);
    expect(deltaOf(series({ a: 1, b: 2 }), none).series).toEqual({ a: 1 });
  });

  it('are never NaN or infinite, and told again when they are back', () => {
    const deltaOf = deltas(10);
    expect(deltaOf(series({ a: 1, b: Number.NaN, c: Number.POSITIVE_INFINITY }), none)).toEqual({
      series: { a: 1 },
      gone: [],
      exposed: 1,
      leftOut: 0,
    });
    expect(deltaOf(series({ a: Number.NEGATIVE_INFINITY, b: 2 }), none)).toMatchObject({
      series: { b: 2 },
      gone: ['a'],
    });
    expect(deltaOf(series({ a: 1, b: 2 }), none).series).toEqual({ a: 1 });
  });

  it('are under a cap the wanted ones, then in order, and stay the same when others come', () => {
    const deltaOf = deltas(3);
    const isWanted = ({ name }: Pick<Sample, 'name'>) => name === 'z';
    expect(deltaOf(series({ a: 1, b: 2, c: 3, z: 4 }), isWanted)).toEqual({
      series: { z: 4, a: 1, b: 2 },
      gone: [],
      exposed: 4,
      leftOut: 1,
    });
    expect(deltaOf(series({ A: 0, a: 5, b: 6, c: 7, z: 8 }), isWanted).series).toEqual({ z: 8, a: 5, b: 6 });
    expect(deltaOf(series({ A: 0, b: 6, c: 7, z: 8 }), isWanted).series).toEqual({ A: 0 });
  });
});
