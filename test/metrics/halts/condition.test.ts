import { describe, expect, it } from 'vitest';
import type { Scrape } from '../../../core/event.ts';
import { condition } from '../../../metrics/halts/condition.ts';
import type { Halt } from '../../../metrics/halts/halt.ts';

const QUEUE: Halt = {
  watches: { indicator: 'login.queue' },
  sources: ['gateway'],
  is: 'above',
  limit: 100,
  lasting: 3_000,
  missing: 'halt',
};

/** A look at second `at`: a number for a value, undefined for a look without one, 'down' for none. */
type Seen = readonly [at: number, told: number | undefined | 'down', source?: string];

function look([at, told, source = 'gateway']: Seen): Scrape {
  const scrape = { kind: 'scrape', at: at * 1_000, source, took: 1, series: {} } as const;
  if (told === 'down') return { ...scrape, up: 0, error: 'connection refused (ECONNREFUSED)', indicators: {} };
  return { ...scrape, up: 1, indicators: told === undefined ? {} : { 'login.queue': told } };
}

/** When the condition halts, in seconds, and with which words; undefined when it never does. */
function haltOf(halt: Partial<Halt>, seen: readonly Seen[]): readonly [number, string] | undefined {
  const judge = condition({ ...QUEUE, ...halt }, 0);
  for (const one of seen) {
    const says = judge(look(one), one[0] * 1_000);
    if (says !== undefined) return [one[0], says];
  }
  return undefined;
}

const each = (to: number, told: (second: number) => number | undefined | 'down', every = 1): Seen[] =>
  Array.from({ length: Math.floor(to / every) + 1 }, (_, n): Seen => [n * every, told(n * every)]);

describe('a condition', () => {
  it('halts once it has held for its time, and says what it saw', () => {
    expect(
      haltOf(
        {},
        each(20, (second) => (second >= 5 ? 612 : 1)),
      ),
    ).toEqual([8, 'login.queue was above 100 for 3 s (612 at last)']);
    expect(
      haltOf(
        { is: 'below', says: 'nobody gets in' },
        each(20, (second) => (second >= 5 ? 99 : 100)),
      ),
    ).toEqual([8, 'login.queue was below 100 for 3 s (99 at last): nobody gets in']);
  });

  it('begins anew whenever a look shows otherwise, and the limit itself is otherwise', () => {
    expect(
      haltOf(
        {},
        each(60, (second) => (second % 3 === 0 ? 100 : 500)),
      ),
    ).toBeUndefined();
  });

  it('halts at the first look when it needs no time', () => {
    expect(
      haltOf(
        { lasting: 0 },
        each(9, (second) => (second === 4 ? 101 : 1)),
      )?.[0],
    ).toBe(4);
  });

  it('goes by looks, however rare they are: between two of them nothing is known', () => {
    expect(
      haltOf(
        {},
        each(20, (second) => (second >= 4 ? 500 : 1), 2),
      )?.[0],
    ).toBe(8);
  });

  it('is not ended by looks that tell nothing', () => {
    const seen = each(20, (second) => (second === 5 || second > 6 ? 500 : second === 6 ? 'down' : 1));
    expect(haltOf({}, seen)?.[0]).toBe(8);
  });
});

describe('missing data', () => {
  it('halts after the time of the condition, and after 5 s at least', () => {
    const silent = each(60, (second) => (second >= 10 ? undefined : 1));
    expect(haltOf({}, silent)).toEqual([14, 'nothing was told of login.queue for 5 s']);
    expect(haltOf({ lasting: 12_000, says: 'blind' }, silent)).toEqual([
      21,
      'nothing was told of login.queue for 12 s: blind',
    ]);
  });

  it('halts when there never was any', () => {
    expect(
      haltOf(
        {},
        each(60, () => undefined),
      )?.[0],
    ).toBe(5);
  });

  it('says why the source tells nothing', () => {
    expect(
      haltOf(
        {},
        each(60, (second) => (second >= 10 ? 'down' : 1)),
      )?.[1],
    ).toBe('nothing was told of login.queue for 5 s (gateway: connection refused (ECONNREFUSED))');
  });

  it('does not halt when it is to be ignored, and what was seen before it does not count after it', () => {
    const gap = (until: number) =>
      each(60, (second) => (second < 5 ? 1 : second < 7 ? 500 : second < until ? undefined : 500));
    expect(haltOf({ missing: 'ignore' }, gap(100))).toBeUndefined();
    expect(haltOf({ missing: 'ignore' }, gap(30))?.[0]).toBe(33);
    expect(haltOf({ missing: 'ignore' }, gap(9))?.[0]).toBe(9);
  });

  it('is noticed at the looks of other sources, too', () => {
    expect(
      haltOf({}, [
        [0, 1],
        [3, 7, 'other'],
        [6, 7, 'other'],
      ]),
    ).toEqual([6, 'nothing was told of login.queue for 6 s']);
  });
});

describe('a condition on several sources', () => {
  const both = { sources: ['gateway', 'second'] };
  const pairs = (to: number, told: (second: number) => readonly [Seen[1], Seen[1]]): Seen[] =>
    Array.from({ length: to + 1 }, (_, n): Seen[] => [
      [n, told(n)[0]],
      [n, told(n)[1], 'second'],
    ]).flat();

  it('adds up what they tell', () => {
    expect(
      haltOf(
        both,
        pairs(20, (second) => (second >= 5 ? [60, 60] : [60, 30])),
      )?.[1],
    ).toBe('login.queue was above 100 for 3 s (120 at last)');
  });

  it('misses data when one of them tells nothing: the rest is not the sum', () => {
    expect(
      haltOf(
        { ...both, is: 'below' },
        pairs(20, (second) => (second >= 5 ? [150, 'down'] : [60, 60])),
      )?.[1],
    ).toBe('nothing was told of login.queue for 5 s (second: connection refused (ECONNREFUSED))');
  });
});

describe('a condition on a query', () => {
  const query = 'max(up)';
  const judged = (scrapes: readonly Partial<Scrape>[]) => {
    const judge = condition({ ...QUEUE, watches: { query }, sources: ['prom'], is: 'below', limit: 1 }, 0);
    return scrapes.map((scrape, second) => {
      const whole = { kind: 'scrape', at: second * 1_000, source: 'prom', up: 1, took: 1, indicators: {} } as const;
      return judge({ ...whole, series: {}, ...scrape }, second * 1_000);
    });
  };

  it('follows the series of its name, which is recorded when it changes', () => {
    expect(
      judged([{ series: { [query]: 1 } }, {}, { series: { [query]: 0 } }, {}, {}, {}]).indexOf(
        'max(up) was below 1 for 3 s (0 at last)',
      ),
    ).toBe(5);
  });

  it('knows its value again after a look that failed, and not after one that tells it is gone', () => {
    expect(judged([{ series: { [query]: 0 } }, {}, { up: 0 }, {}]).at(-1)).toContain('was below 1');
    const gone = judged([{ series: { [query]: 0 } }, { gone: [query] }, {}, {}, {}, {}]);
    expect(gone.findIndex((says) => says !== undefined)).toBe(5);
    expect(gone.at(-1)).toBe('nothing was told of max(up) for 5 s');
  });
});
