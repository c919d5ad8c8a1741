import { describe, expect, it } from 'vitest';
import { sequence } from '../../../core/random.ts';
import { MalformedExposition } from '../../../metrics/exposition/malformed.ts';
import { parseExposition } from '../../../metrics/exposition.ts';
import { histogramQuantile, histogramsOf } from '../../../metrics/histograms.ts';
import { parseSelector, sumOf } from '../../../metrics/selector.ts';
import { ODD, OPENMETRICS, TEXT } from '../../support/exposition-cases.ts';
import { openMetricsSample } from '../../support/openmetrics-sample.ts';

const VALID: readonly (readonly [string, string])[] = [
  [ODD, TEXT],
  ['# TYPE "a.b" gauge\n{"a.b","c.d"="e\\"\\\\\\n",f="g"} 1 5\n{h="i","j"} -Inf\n', TEXT],
  [openMetricsSample(1_700_000_000), OPENMETRICS],
  ['# TYPE "a.b" counter\n{"a.b_total"} 1 # {"c.d"="e"} 2 3\n# EOF\n', OPENMETRICS],
];

const PIECES = [
  ...[
    '{',
    '}',
    '"',
    '\\',
    '\n',
    ' ',
    '\t',
    ',',
    '=',
    '#',
    '_',
    ':',
    '0',
    '-',
    '.',
    'é',
    '😀',
    '\r',
    '\0',
    '\ufeff',
    '\ud800',
  ],
  ...['# EOF\n', '# TYPE ', '# HELP ', '# UNIT ', ' # {', '{a="b"}', '"x"="y"', '__name__="z"', 'le="1"', '{"', '\\"'],
  ...['1e9999', 'NaN', '+Inf', '1_0', '0x1p-3', '9223372036854775808', '__proto__', 'constructor', ' counter\n'],
];

/** Breaks a text in one to three places, by inserting, removing, replacing or repeating. */
function mutant(text: string, draw: () => number): string {
  const place = (length: number) => Math.floor(draw() * length);
  let broken = text;
  for (let n = 1 + place(3); n > 0; n -= 1) {
    const at = place(broken.length + 1);
    const [before, after] = [broken.slice(0, at), broken.slice(at)];
    const piece = PIECES[place(PIECES.length)] ?? '';
    const from = place(broken.length);
    broken =
      [
        () => before + piece + after,
        () => before + after.slice(1 + place(4)),
        () => before + piece + after.slice(1),
        () => before + broken.slice(from, from + place(60)) + after,
      ][place(4)]?.() ?? broken;
  }
  return broken;
}

describe('any text', () => {
  it.each(VALID)('mutated thousands of times is read or refused, never anything else (%#)', (text, contentType) => {
    const draw = sequence(20_200_323);
    const count = { read: 0, refused: 0 };
    for (let n = 0; n < 3_000; n += 1) {
      const broken = mutant(text, draw);
      try {
        const exposition = parseExposition(broken, draw() < 0.9 ? contentType : undefined);
        const histograms = exposition.families.flatMap(histogramsOf);
        for (const { buckets } of histograms) expect(histogramQuantile(0.9, buckets)).not.toBeNaN();
        expect(sumOf(parseSelector('{__name__!=""}'), exposition)).not.toBeNaN();
        count.read += 1;
      } catch (thrown) {
        if (!(thrown instanceof MalformedExposition))
          throw new Error(`on ${JSON.stringify(broken)}`, { cause: thrown });
        const line = broken.split('\n')[thrown.line - 1] ?? '';
        expect(thrown.column).toBeGreaterThanOrEqual(1);
        expect(thrown.column).toBeLessThanOrEqual(line.length + 1);
        count.refused += 1;
      }
    }
    expect(count.read).toBeGreaterThan(100);
    expect(count.refused).toBeGreaterThan(1_000);
  });

  const MEBIBYTE = 2 ** 20;
  const repeated = (piece: string) => piece.repeat(Math.ceil(MEBIBYTE / piece.length));

  it.each([
    ['quotes', `a{b="${repeated('\\"')}`],
    ['backslashes', `a{b="${repeated('\\\\')}"} 1`],
    ['a name', repeated('a')],
    ['a quoted name', `{"${repeated('_total')}"} 1`],
    ['digits', `a ${repeated('1')}`],
    ['digits of a timestamp', `a 1 ${repeated('1')}`],
    ['zeros of a timestamp', `a 1 ${repeated('0')}1`],
    ['blanks', repeated(' \t')],
    ['blanks behind a name', `a${repeated(' ')}`],
    ['blanks in a help', `# HELP a b${repeated(' ')}c`],
    ['line feeds', repeated('\n')],
    ['comments', repeated('#\n')],
    ['braces', `a${repeated('{')}`],
    ['commas', `a{${repeated(',')}`],
    ['labels', `a{${Array.from({ length: 50_000 }, (_, n) => `l${n}="v"`).join(',')}} 1`],
    ['samples of one series', repeated('a 1\n')],
    ['samples of many series', Array.from({ length: 50_000 }, (_, n) => `a{b="${n}"} ${n}\n`).join('')],
    ['families', Array.from({ length: 50_000 }, (_, n) => `# TYPE a${n} counter\n`).join('')],
    ['metadata of one family', repeated('# HELP a b\n')],
  ])('of a megabyte of %s is read or refused in time', (_, text) => {
    const began = performance.now();
    try {
      sumOf(parseSelector('a'), parseExposition(text));
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(MalformedExposition);
    }
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
