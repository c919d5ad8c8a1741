import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../metrics/exposition/family.ts';
import { MalformedExposition } from '../../../metrics/exposition/malformed.ts';
import { parseExposition } from '../../../metrics/exposition.ts';
import { openMetricsSample } from '../../support/openmetrics-sample.ts';

const parsed = (text: string) => parseExposition(text, 'application/openmetrics-text; version=1.0.0; charset=utf-8');

const samples = (text: string): readonly Sample[] =>
  parsed(`${text}\n# EOF\n`).families.flatMap((family) => family.samples);

const refusal = (text: string): string => {
  try {
    parsed(text);
  } catch (thrown) {
    if (thrown instanceof MalformedExposition) return thrown.message;
    throw thrown;
  }
  throw new Error(`accepted: ${text}`);
};

describe('OpenMetrics', () => {
  it('gathers the samples of every type under the name of their family', () => {
    const { format, families } = parsed(openMetricsSample(1_700_000_000));
    expect(format).toBe('openmetrics');
    expect(families.map(({ name, type, unit, samples: { length } }) => [name, type, unit, length])).toEqual([
      ['logins', 'counter', undefined, 4],
      ['wait_seconds', 'histogram', 'seconds', 8],
      ['queue', 'gaugehistogram', undefined, 4],
      ['latency_seconds', 'summary', 'seconds', 5],
      ['build', 'info', undefined, 1],
      ['state', 'stateset', undefined, 2],
      ['limit', 'gauge', undefined, 4],
      ['temperature', 'gauge', undefined, 1],
      ['untold', 'unknown', undefined, 1],
      ['undescribed', 'unknown', undefined, 1],
    ]);
  });

  it('reads a counter with its exemplar and the time it was created', () => {
    const text =
      '# TYPE a counter\na_total{b="c"} 17 1.5 # {id="x\\"y",n=""} 0.25 1604676851.25\na_created{b="c"} 1.5e9\n# EOF';
    const labels = new Map([['b', 'c']]);
    expect(parsed(text).families).toEqual([
      {
        name: 'a',
        type: 'counter',
        samples: [
          {
            name: 'a_total',
            labels,
            value: 17,
            timestamp: 1_500,
            exemplar: { labels: new Map([['id', 'x"y']]), value: 0.25, timestamp: 1604676851250 },
          },
          { name: 'a_created', labels, value: 1.5e9 },
        ],
      },
    ]);
  });

  it('reads exemplars without labels and without timestamps, on any sample', () => {
    const [gauge, bucket] = samples('a 1 # {} 2\nb_bucket{le="1"} 1 3 # {"a.b"="# {"} NaN');
    expect(gauge).toEqual({ name: 'a', labels: new Map(), value: 1, exemplar: { labels: new Map(), value: 2 } });
    expect(bucket?.exemplar).toEqual({ labels: new Map([['a.b', '# {']]), value: Number.NaN });
    expect(bucket?.timestamp).toBe(3_000);
  });

  it('leaves a sample whose name has no suffix in the family of that name', () => {
    const { families } = parsed('# TYPE a counter\na 1\na_total 2\na_sum 3\n# EOF\n');
    expect(families.map(({ name, samples: { length } }) => [name, length])).toEqual([
      ['a', 2],
      ['a_sum', 1],
    ]);
  });

  it('reads quoted names, whose families have suffixes too', () => {
    const { families } = parsed(
      '# TYPE "my.logins" counter\n# HELP "my.logins" Mine.\n{"my.logins_total",a="b"} 1\n# EOF\n',
    );
    expect(families).toEqual([
      {
        name: 'my.logins',
        type: 'counter',
        help: 'Mine.',
        samples: [{ name: 'my.logins_total', labels: new Map([['a', 'b']]), value: 1 }],
      },
    ]);
  });

  it('keeps several points of a series, and fractions of milliseconds', () => {
    expect(samples('a 1 123.0001\na 2 -5\na 3 1.5e3').map(({ timestamp }) => timestamp)).toEqual([
      123000.1, -5_000, 1_500_000,
    ]);
  });

  it('takes an empty help or unit for none, and reads the escapes of a help', () => {
    const { families } = parsed(String.raw`# HELP a 
# UNIT a 
# HELP b \\ \n \" \x
# EOF`);
    expect(families).toEqual([
      { name: 'a', type: 'unknown', samples: [] },
      { name: 'b', type: 'unknown', help: '\\ \n " \\x', samples: [] },
    ]);
  });

  it('accepts what the specification forbids but Prometheus scrapes', () => {
    const text = `# TYPE a gauge
# TYPE a counter
a_total -1
b_bucket{le="1"} 5
a_total{c="d",} NaN
# HELP a After its samples.
# EOF
`;
    expect(parsed(text).families.map(({ name, type, help }) => [name, type, help])).toEqual([
      ['a', 'counter', 'After its samples.'],
      ['b_bucket', 'unknown', undefined],
    ]);
  });

  it.each([
    ['', 'line 1, column 1: expected "# EOF" as the last line'],
    ['a 1\n', 'line 2, column 1: expected "# EOF" as the last line'],
    ['a 1', 'line 2, column 1: expected "# EOF" as the last line'],
    ['a 1\n# EOF\n\n', 'line 3, column 1: expected nothing after "# EOF"'],
    ['# EOF\na 1\n', 'line 2, column 1: expected nothing after "# EOF"'],
    ['# EOFx', 'line 1, column 2: expected " HELP ", " TYPE ", " UNIT " or " EOF" after "#"'],
    ['# EOF ', 'line 1, column 2: expected " HELP ", " TYPE ", " UNIT " or " EOF" after "#"'],
    ['# a comment\n', 'line 1, column 2: expected " HELP ", " TYPE ", " UNIT " or " EOF" after "#"'],
    ['#HELP a b\n', 'line 1, column 2: expected " HELP ", " TYPE ", " UNIT " or " EOF" after "#"'],
    ['a 1\n\n# EOF', 'line 2, column 1: expected a metric name'],
    [' a 1\n# EOF', 'line 1, column 1: expected a metric name'],
    ['a\t1\n', 'line 1, column 2: expected a space before the value'],
    ['a  1\n', 'line 1, column 3: expected a number that fits 64 bits of floating point, NaN, +Inf or -Inf'],
    ['a {b="c"} 1\n', 'line 1, column 3: expected a number that fits 64 bits of floating point, NaN, +Inf or -Inf'],
    ['a{b="c"}1\n', 'line 1, column 9: expected a space before the value'],
    ['a{b="c", d="e"} 1\n', 'line 1, column 9: expected a label name or "}"'],
    ['a{b="c"d="e"} 1\n', 'line 1, column 8: expected "," or "}" after a label'],
    ['a 1 \n', 'line 1, column 5: expected a timestamp in seconds'],
    ['a 1 NaN\n', 'line 1, column 5: expected a timestamp in seconds'],
    ['a 1 -Inf\n', 'line 1, column 5: expected a timestamp in seconds'],
    ['a 1 2 3\n', 'line 1, column 6: expected the end of the line, or " # " and an exemplar'],
    ['a 1 # {}\n', 'line 1, column 9: expected a space before the value of the exemplar'],
    ['a 1 # b="c"} 1\n', 'line 1, column 7: expected "{" and the labels of an exemplar'],
    ['a 1 # {"b"} 1\n', 'line 1, column 11: expected "=" after a label name'],
    ['a 1 # {} 1 Inf\n', 'line 1, column 12: expected a timestamp in seconds'],
    ['a 1 # {} 1 1 \n', 'line 1, column 13: expected the end of the line, or " # " and an exemplar'],
    ['# HELP a\n', 'line 1, column 9: expected a space after the metric name'],
    ['# TYPE  a gauge\n', 'line 1, column 8: expected a metric name'],
    ['# UNIT a seconds\n', 'line 1, column 10: expected a unit that the metric name ends with, after an underscore'],
    [
      '# UNIT aseconds seconds\n',
      'line 1, column 17: expected a unit that the metric name ends with, after an underscore',
    ],
    ['# TYPE a gauge \n', 'line 1, column 15: expected the end of the line after the type'],
    [
      '# TYPE a untyped\n',
      'line 1, column 10: expected one of the types counter, gauge, histogram, summary, unknown, info, stateset, gaugehistogram',
    ],
    ['a 1\r\n', 'line 1, column 4: expected a line feed alone at the end of the line, not a carriage return before it'],
  ])('says where and why it refuses %j', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});

describe('the format of an exposition', () => {
  it.each([
    ['application/openmetrics-text; version=1.0.0; charset=utf-8', 'openmetrics'],
    ['Application/OpenMetrics-Text;version=0.0.1', 'openmetrics'],
    ['text/plain; version=0.0.4', 'prometheus'],
    ['text/plain; version=1.0.0; escaping=allow-utf-8', 'prometheus'],
    ['text/html', 'prometheus'],
    ['', 'prometheus'],
  ])('is told by the content type %s', (contentType, format) => {
    expect(parseExposition('a 1\n# EOF\n', contentType).format).toBe(format);
  });

  it.each([
    ['a 1\n# EOF\n', 'openmetrics'],
    ['a 1\n# EOF', 'openmetrics'],
    ['# EOF', 'openmetrics'],
    ['a 1\n', 'prometheus'],
    ['', 'prometheus'],
    ['# EOF\na 1\n', 'prometheus'],
    ['a 1\n# EOF\n\n', 'prometheus'],
    ['a 1 # EOF', undefined],
  ])('is told by the last line of %j without a content type', (text, format) => {
    if (format === undefined) expect(() => parseExposition(text)).toThrow('a timestamp in whole milliseconds');
    else expect(parseExposition(text).format).toBe(format);
  });
});
