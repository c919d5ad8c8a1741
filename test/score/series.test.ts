import { describe, expect, it } from 'vitest';
import type { Scrape } from '../../core/event.ts';
import { increaseOf, levelOf, seriesOf } from '../../score/series.ts';

function look(at: number, indicators: Scrape['indicators'] | undefined, source = 'a'): Scrape {
  return { kind: 'scrape', at, source, up: indicators ? 1 : 0, took: 1, indicators: indicators ?? {}, series: {} };
}

describe('an indicator over time', () => {
  it('is added up over the sources that are up, in order of time', () => {
    const scrapes = [
      look(2_000, { 'login.queue': 7 }),
      look(1_000, { 'login.queue': 5 }),
      look(1_100, { 'login.queue': 2 }, 'b'),
      look(3_000, undefined),
      look(3_100, { 'login.queue': 4 }, 'b'),
    ];
    expect(seriesOf(scrapes, 'login.queue')).toEqual([
      { at: 1_000, value: 5 },
      { at: 1_100, value: 7 },
      { at: 2_000, value: 9 },
      { at: 3_100, value: 4 },
    ]);
  });

  it('has the mean of a gauge for a level', () => {
    const scrapes = [0, 1, 2, 3].map((second) => look(second * 1_000, { 'login.queue': second * 10 }));
    expect(levelOf(scrapes, 'login.queue', 1_000, 3_000)).toBe(15);
    expect(levelOf(scrapes, 'login.queue', 5_000, 9_000)).toBeUndefined();
    expect(levelOf(scrapes, 'participants', 0, 9_000)).toBeUndefined();
  });

  it('has the growth of a counter per second for a level, added up over sources', () => {
    const scrapes = [
      ...[0, 2_000].map((at) => look(at, { 'login.wasted': at / 100 })),
      ...[500, 1_500].map((at) => look(at, { 'login.wasted': at / 1_000 }, 'b')),
      look(1_000, { 'login.wasted': 3 }, 'c'),
    ];
    expect(levelOf(scrapes, 'login.wasted', 0, 9_000)).toBe(11);
    expect(levelOf(scrapes.slice(0, 1), 'login.wasted', 0, 9_000)).toBeUndefined();
  });
});

it('a counter that falls was reset, and began again at 0', () => {
  const values = [10, 15, 4, 6].map((value, at) => ({ at, value }));
  expect(increaseOf(values)).toBe(5 + 4 + 2);
  expect(increaseOf(values.slice(0, 1))).toBe(0);
});
