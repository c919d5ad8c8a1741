import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../metrics/exposition/family.ts';
import { MalformedExposition } from '../../../metrics/exposition/malformed.ts';
import { parseExposition } from '../../../metrics/exposition.ts';

const parsed = (text: string) => parseExposition(text, 'text/plain; version=0.0.4');

const samples = (text: string): readonly Sample[] => parsed(text).families.flatMap((family) => family.samples);

const refusal = (text: string): string => {
  try {
    parsed(text);
  } catch (thrown) {
    if (thrown instanceof MalformedExposition) return thrown.message;
    throw thrown;
  }
  throw new Error(`accepted: ${text}`);
};

describe('the Prometheus text format', () => {
  it('reads families with their metadata and samples, in order', () => {
    const text = `# HELP logins_total Logins so far.
# TYPE logins_total counter
logins_total{result="granted"} 1027 1395066363000
logins_total{result="denied"}    3 1395066363001

# Something else.
# TYPE wait_seconds histogram
wait_seconds_bucket{le="0.05"} 24054
wait_seconds_bucket{le="+Inf"} 144320
wait_seconds_sum 53423
wait_seconds_count 144320
bare 12.47
`;
    expect(parsed(text)).toEqual({
      format: 'prometheus',
      families: [
        {
          name: 'logins_total',
          type: 'counter',
          help: 'Logins so far.',
          samples: [
            { name: 'logins_total', labels: new Map([['result', 'granted']]), value: 1027, timestamp: 1395066363000 },
            { name: 'logins_total', labels: new Map([['result', 'denied']]), value: 3, timestamp: 1395066363001 },
          ],
        },
        {
          name: 'wait_seconds',
          type: 'histogram',
          samples: [
            { name: 'wait_seconds_bucket', labels: new Map([['le', '0.05']]), value: 24054 },
            { name: 'wait_seconds_bucket', labels: new Map([['le', '+Inf']]), value: 144320 },
            { name: 'wait_seconds_sum', labels: new Map(), value: 53423 },
            { name: 'wait_seconds_count', labels: new Map(), value: 144320 },
          ],
        },
        { name: 'bare', type: 'unknown', samples: [{ name: 'bare', labels: new Map(), value: 12.47 }] },
      ],
    });
  });

  it('calls untyped what OpenMetrics calls unknown', () => {
    expect(parsed('# TYPE a untyped\na 1\n').families[0]?.type).toBe('unknown');
  });

  it.each([
    ['1', 1],
    ['-0', -0],
    ['+.5e1', 5],
    ['5.', 5],
    ['0042', 42],
    ['1e-999', 0],
    ['1.7976931348623157E+308', Number.MAX_VALUE],
    ['NaN', Number.NaN],
    ['nan', Number.NaN],
    ['+Inf', Number.POSITIVE_INFINITY],
    ['inf', Number.POSITIVE_INFINITY],
    ['-INFINITY', Number.NEGATIVE_INFINITY],
  ])('reads the value %s', (text, value) => {
    expect(samples(`a ${text}\n`)[0]?.value).toBe(value);
  });

  it.each(['', '.', '1e', '0x10', '0b1', '1_000', '1,5', '+nan', '1e999', '--1', '١'])(
    'refuses the value "%s"',
    (text) => {
      expect(refusal(`a ${text}\n`)).toMatch(/^line 1, column \d: expected a number/);
    },
  );

  it('reads timestamps in milliseconds, negative ones too', () => {
    const text = 'a 1 1395066363000\nb 1 -3982045\nc 1 +7\nd 1 9223372036854775807\n';
    expect(samples(text).map(({ timestamp }) => timestamp)).toEqual([1395066363000, -3982045, 7, 2 ** 63]);
  });

  it.each(['1.5', '1e3', 'x', '9223372036854775808', '-9223372036854775809', '9'.repeat(50)])(
    'refuses the timestamp %s',
    (text) => {
      expect(refusal(`a 1 ${text}\n`)).toBe('line 1, column 5: expected a timestamp in whole milliseconds');
    },
  );

  it.each([
    [String.raw`a{b="c\\d"} 1`, 'c\\d'],
    [String.raw`a{b="c\"d"} 1`, 'c"d'],
    [String.raw`a{b="c\nd"} 1`, 'c\nd'],
    [String.raw`a{b="c\\nd"} 1`, 'c\\nd'],
    [String.raw`a{b="c\td"} 1`, 'c\\td'],
    [String.raw`a{b="\\\\\"\\"} 1`, '\\\\"\\'],
    ['a{b="é☃😀\u0000\r"} 1', 'é☃😀\u0000\r'],
    ['a{b="} # ,="} 1', '} # ,='],
  ])('reads the label value in %s', (text, value) => {
    expect(samples(text)[0]?.labels.get('b')).toBe(value);
  });

  it('reads labels that have the names of what objects inherit', () => {
    const [sample] = samples('constructor{__proto__="a",toString="b"} 1\n');
    expect([...(sample?.labels ?? [])]).toEqual([
      ['__proto__', 'a'],
      ['toString', 'b'],
    ]);
  });

  it('takes a label with an empty value for none', () => {
    expect([...(samples('a{b="",c="d"} 1')[0]?.labels ?? [])]).toEqual([['c', 'd']]);
  });

  it('allows blanks between all parts, a comma after the last label, and no line feed at the end', () => {
    const text = '\n \t\n\t a \t{ b = "c" , d="e" , } \t 1 \t 5 \nf{}2';
    const labels = new Map(Object.entries({ b: 'c', d: 'e' }));
    expect(samples(text)).toEqual([
      { name: 'a', labels, value: 1, timestamp: 5 },
      { name: 'f', labels: new Map(), value: 2 },
    ]);
  });

  it('passes over comments that are neither HELP nor TYPE', () => {
    expect(parsed('#\n#TYPE a foo\n# TYPEa foo\n# help a\n# EOF\n# UNIT a b\n  # x\n# HELP\n').families).toEqual([]);
  });

  it('reads the escapes of a help, and no others', () => {
    const [family] = parsed(String.raw`# HELP  a  one\ntwo\\three\"four\x `).families;
    expect(family?.help).toBe('one\ntwo\\three\\"four\\x');
  });

  it('takes an empty help for none', () => {
    expect(parsed('# HELP a\n# HELP b \n').families).toEqual([
      { name: 'a', type: 'unknown', samples: [] },
      { name: 'b', type: 'unknown', samples: [] },
    ]);
  });

  it('puts samples in their family wherever they and its metadata stand', () => {
    const text =
      'a_count 1\n# TYPE b gauge\nb 1\na_sum 2\n# TYPE a summary\na_sum{c="d"} 3\nb{c="d"} 2\n# HELP b Late.\n';
    expect(parsed(text).families.map(({ name, help, samples: { length } }) => [name, help, length])).toEqual([
      ['a_count', undefined, 1],
      ['b', 'Late.', 2],
      ['a_sum', undefined, 1],
      ['a', undefined, 1],
    ]);
  });

  it('keeps a described family apart from one whose suffix makes the same name', () => {
    const text = '# TYPE a histogram\n# TYPE a_count gauge\na_count 1\na_sum 2\n';
    expect(parsed(text).families.map(({ name, samples: { length } }) => [name, length])).toEqual([
      ['a', 1],
      ['a_count', 1],
    ]);
  });

  it('gives suffixes no meaning in families that have none', () => {
    const text = '# TYPE a counter\na_total 1\na_created 2\na_count 3\n';
    expect(parsed(text).families.map(({ name }) => name)).toEqual(['a', 'a_total', 'a_created', 'a_count']);
  });

  it('reads quoted names of metrics and labels', () => {
    const text = `# HELP "my.metric" Mine.
# TYPE "my.metric" histogram
{"my.metric_bucket", "label.x"="v", le="+Inf"} 1
{ le = "1" , "my.metric_bucket" } 2
{"q\\"\\\\\\n☃"} 3
classic{"😀"="smile"} 4
`;
    const [mine, odd, classic] = parsed(text).families;
    expect(mine).toMatchObject({ name: 'my.metric', type: 'histogram', help: 'Mine.' });
    expect(mine?.samples.map(({ name, labels }) => [name, Object.fromEntries(labels)])).toEqual([
      ['my.metric_bucket', { 'label.x': 'v', le: '+Inf' }],
      ['my.metric_bucket', { le: '1' }],
    ]);
    expect(odd?.name).toBe('q"\\\n☃');
    expect(classic?.samples[0]?.labels.get('😀')).toBe('smile');
  });

  it.each([
    ['a', 'line 1, column 2: expected a space or "{" after the metric name'],
    ['a-b 1', 'line 1, column 2: expected a space or "{" after the metric name'],
    ['0a 1', 'line 1, column 1: expected a metric name'],
    ['ok 1\n{} 1', 'line 2, column 2: expected a metric name, quoted'],
    ['{b="c"} 1', 'line 1, column 2: expected a metric name, quoted'],
    ['{""} 1', 'line 1, column 2: expected a label name or "}"'],
    ['a{"b"} 1', 'line 1, column 6: expected "=" after a label name'],
    ['{"a","b"} 1', 'line 1, column 9: expected "=" after a label name'],
    ['"a" 1', 'line 1, column 1: expected a metric name'],
    ['a{', 'line 1, column 3: expected a label name or "}"'],
    ['a{,} 1', 'line 1, column 3: expected a label name or "}"'],
    ['a{b="c",,} 1', 'line 1, column 9: expected a label name or "}"'],
    ['a{b="c" d="e"} 1', 'line 1, column 9: expected "," or "}" after a label'],
    ['a{b:c="d"} 1', 'line 1, column 4: expected "=" after a label name'],
    ['a{b=c} 1', 'line 1, column 5: expected a label value in double quotes'],
    ['a{b="c} 1\n"} 1', 'line 1, column 10: expected a double quote that ends a label value'],
    ['a{b="c\\"} 1', 'line 1, column 12: expected a double quote that ends a label value'],
    ['a{b="c\\', 'line 1, column 8: expected a double quote that ends a label value'],
    ['a{b="c",b=""} 1', 'line 1, column 9: expected a label name that does not stand here already'],
    ['a{__name__="b"} 1', 'line 1, column 3: expected the metric name before the braces or quoted in them'],
    ['a 1 2 3', 'line 1, column 7: expected the end of the line after the timestamp'],
    ['a 1 # {b="c"} 1', 'line 1, column 5: expected a timestamp in whole milliseconds'],
    ['\ufeffa 1', 'line 1, column 1: expected a metric name'],
    ['# TYPE ', 'line 1, column 8: expected a metric name'],
    ['# TYPE a', 'line 1, column 9: expected one of the types counter, gauge, histogram, summary, untyped'],
    ['# TYPE a info', 'line 1, column 10: expected one of the types counter, gauge, histogram, summary, untyped'],
    ['# TYPE a toString', 'line 1, column 10: expected one of the types counter, gauge, histogram, summary, untyped'],
    [
      '# TYPE a constructor',
      'line 1, column 10: expected one of the types counter, gauge, histogram, summary, untyped',
    ],
    ['# TYPE a gauge 2', 'line 1, column 16: expected the end of the line after the type'],
    ['# TYPE "" gauge', 'line 1, column 8: expected a metric name'],
    ['# TYPE "a gauge', 'line 1, column 16: expected a double quote that ends a metric name'],
    ['# HELP 0 a', 'line 1, column 8: expected a metric name'],
    ['# HELP a.b c', 'line 1, column 9: expected a space after the metric name'],
  ])('says where and why it refuses %j', (text, message) => {
    expect(refusal(text)).toBe(message);
  });

  it('names a carriage return before a line feed, which nothing else shows', () => {
    const expected = 'expected a line feed alone at the end of the line, not a carriage return before it';
    expect(refusal('a 1\r\n')).toBe(`line 1, column 4: ${expected}`);
    expect(refusal('# TYPE a gauge\r\n')).toBe(`line 1, column 15: ${expected}`);
    expect(refusal('a 1\n\r\n')).toBe(`line 2, column 1: ${expected}`);
  });

  it('tells the place also in numbers, and quotes nothing of the text', () => {
    const secret = 'Bearer c2VjcmV0';
    try {
      parsed(`ok 1\n<html>${secret}</html>\n`);
      expect.unreachable();
    } catch (thrown) {
      expect(thrown).toMatchObject({ line: 2, column: 1, expected: 'a metric name' });
      expect(String(thrown)).not.toContain(secret);
    }
  });
});
