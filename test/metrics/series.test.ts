import { describe, expect, it } from 'vitest';
import { parseExposition } from '../../metrics/exposition.ts';
import { latest, seriesKey } from '../../metrics/series.ts';

const samplesIn = (text: string) => parseExposition(text).families.flatMap(({ samples }) => samples);

describe('the key of a series', () => {
  it.each([
    ['up 1', 'up'],
    ['up{} 1', 'up'],
    ['up{b="2",a="1",c=""} 1', 'up{a="1",b="2"}'],
    [String.raw`up{a="q\"b\\n\nx"} 1`, String.raw`up{a="q\"b\\n\nx"}`],
    ['{"my.up",b="1","a.b"="2"} 1', '{"my.up","a.b"="2",b="1"}'],
    ['{"plain"} 1', 'plain'],
  ])('of %s does not depend on how it was written', (text, key) => {
    const [sample] = samplesIn(text);
    expect(sample && seriesKey(sample)).toBe(key);
  });

  it('reads back as the same series', () => {
    const [sample] = samplesIn('{"my\\"up\\n","a\\\\"="\\n\\"\\\\",b="☃"} 1');
    const again = sample && samplesIn(`${seriesKey(sample)} 1`)[0];
    expect(again).toEqual(sample);
    expect(again).toBeDefined();
  });
});

describe('the latest samples', () => {
  it('are one of each series: that of the latest timestamp, of equal ones the first', () => {
    const text = 'a 1 100\na 2 300\na 3 200\na{b="c"} 4\nd 5\nd 6\ne 7\ne 8 100\n';
    const found = [...latest(samplesIn(text))].map(([key, { value }]) => [key, value]);
    expect(found).toEqual([
      ['a', 2],
      ['a{b="c"}', 4],
      ['d', 5],
      ['e', 8],
    ]);
  });
});
