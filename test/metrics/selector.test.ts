import { describe, expect, it } from 'vitest';
import { Mistakes } from '../../core/mistake.ts';
import { parseExposition } from '../../metrics/exposition.ts';
import { parseSelector, sumOf } from '../../metrics/selector.ts';
import { NO_SELECTORS, SELECTORS } from '../support/selector-cases.ts';

const LOGINS = parseExposition(`# TYPE logins_total counter
logins_total{result="granted",zone="a"} 1
logins_total{result="granted",zone="b"} 2
logins_total{result="denied",zone="a"} 4
logins_total{result="failed"} 8
logins_total 16
other{result="granted"} 32
{"my.metric","label.x"="v"} 64
text{value="a.b"} 128
text{value="a-b\\nc"} 256
text{value="Ça"} 512
`);

const sum = (selector: string) => sumOf(parseSelector(selector), LOGINS);

describe('a selector', () => {
  it.each([
    ['logins_total', 31],
    [' logins_total { } ', 31],
    ['logins_total{result="granted"}', 3],
    ['logins_total{result="granted",zone="b",}', 2],
    ['logins_total{result!="granted"}', 28],
    ['logins_total{zone=""}', 24],
    ['logins_total{zone!=""}', 7],
    ['logins_total{result=~"granted|denied"}', 7],
    ['logins_total{result=~"grant"}', undefined],
    ['logins_total{result=~"|failed"}', 24],
    ['logins_total{result!~"gra.+|denied"}', 24],
    ['{result="granted"}', 35],
    ['{__name__=~"logins.*|other"}', 63],
    ['{__name__=~"l.*",__name__!="logins_total"}', undefined],
    ['{"my.metric"}', 64],
    ["{'my.metric', \"label.x\"='v'}", 64],
    ['{"label.x"="v"}', 64],
    ['text{value="a.b"}', 128],
    ['text{value=~"a.b"}', 128],
    ['text{value=~"a.b.*"}', 384],
    ['text{value=~"a\\\\.b"}', 128],
    ['text{value=~`a\\.b`}', 128],
    ['text{value=~`a\\-b.c`}', 256],
    ['text{value=~`[\\w\\-\\n]+`}', 256],
    ['text{value=~"(?i)çA"}', 512],
    ['text{value=~`\\pL\\p{L}`}', 512],
    ['text{value=~`\\x{c7}a`}', 512],
    ['text{value="\\u00C7a"}', 512],
    ['text{value="\\xc3\\x87\\141"}', 512],
    ['text{value="a-b\\nc"}', 256],
    ['absent', undefined],
  ])('%s adds up to %s', (selector, value) => {
    expect(sum(selector)).toBe(value);
  });

  it('leaves out what is no number, and has no sum without any or beyond all', () => {
    const exposition = parseExposition(
      'a{b="1"} NaN\na{b="2"} +Inf\na{b="3"} 5\nc NaN\nd{e="1"} 1e308\nd{e="2"} 1e308\nf 0\n',
    );
    const sums = ['a', 'c', 'd', 'f'].map((name) => sumOf(parseSelector(name), exposition));
    expect(sums).toEqual([5, undefined, undefined, 0]);
  });

  it('counts every series once, by its latest sample', () => {
    const exposition = parseExposition('a 1 100\na 2 200\na{b="c"} 3\na{b="c"} 4\n');
    expect(sumOf(parseSelector('a'), exposition)).toBe(5);
  });

  it('keeps its text', () => {
    expect(parseSelector(' a{b="c"}').text).toBe(' a{b="c"}');
  });

  it.each([
    ['', 'expected a metric name or "{" at character 1 of '],
    ['1a', 'expected a metric name or "{" at character 1 of 1a'],
    ['a{', 'expected a label name or "}" at character 3 of a{'],
    ['a{b}', 'expected one of the operators = != =~ !~ at character 4 of a{b}'],
    ['a{b="c" d="e"}', 'expected "," or "}" at character 9 of a{b="c" d="e"}'],
    ['a{b=="c"}', 'expected a text in quotes at character 5 of a{b=="c"}'],
    ['a{b=c}', 'expected a text in quotes at character 5 of a{b=c}'],
    ['a{b="c}', 'expected a closing " for the quote at character 5 of a{b="c}'],
    ["a{b='c}", "expected a closing ' for the quote at character 5 of a{b='c}"],
    ['a{b=`c}', 'expected a closing ` for the quote at character 5 of a{b=`c}'],
    ['a{b="c\\d"}', 'expected an escape that Go knows, such as \\\\ or \\n at character 7 of a{b="c\\d"}'],
    ['a{b="c\\xff"}', 'expected escapes that make up UTF-8 at character 5 of a{b="c\\xff"}'],
    ['a{b=~"(c"}', 'expected a regular expression (Unterminated group) at character 6 of a{b=~"(c"}'],
    ['a{b=~"(?=c)"}', 'expected a regular expression ("(?=c" cannot be used here) at character 6 of a{b=~"(?=c)"}'],
    ['a{b=~"(?i:c)"}', 'expected a regular expression ("(?i:" cannot be used here) at character 6 of a{b=~"(?i:c)"}'],
    ['a{b=~`(c)\\1`}', 'expected a regular expression ("\\1" cannot be used here) at character 6 of a{b=~`(c)\\1`}'],
    ['a{b=~`\\Ac`}', 'expected a regular expression ("\\A" cannot be used here) at character 6 of a{b=~`\\Ac`}'],
    [
      'a{b=~"[[:alpha:]]"}',
      'expected a regular expression ("[:alpha:]" cannot be used here) at character 6 of a{b=~"[[:alpha:]]"}',
    ],
    ['a{__name__="b"}', 'expected the metric name only once at character 3 of a{__name__="b"}'],
    ['{__name__=~"b.*","a"}', 'expected the metric name only once at character 18 of {__name__=~"b.*","a"}'],
    ['{"a","b"}', 'expected the metric name only once at character 6 of {"a","b"}'],
    ['{}', 'expected a name or label that is not empty at character 1 of {}'],
    ['{a="",b=~".*",c!="x"}', 'expected a name or label that is not empty at character 1 of {a="",b=~".*",c!="x"}'],
    ['rate(a[5m])', 'expected nothing more at character 5 of rate(a[5m])'],
    ['a[5m]', 'expected nothing more at character 2 of a[5m]'],
    ['a offset 5m', 'expected nothing more at character 3 of a offset 5m'],
    ['a + b', 'expected nothing more at character 3 of a + b'],
  ])('says where and why it cannot read %j', (text, what) => {
    try {
      parseSelector(text, 'metrics.gateway.indicators.login.queue');
      expect.unreachable();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(Mistakes);
      const [mistake] = (thrown as Mistakes).list;
      expect(mistake).toMatchObject({ where: 'metrics.gateway.indicators.login.queue', what });
      expect(mistake?.mend).toMatch(/\w/);
    }
  });

  it('is read or refused as Prometheus does', () => {
    for (const [name, matchers] of SELECTORS) expect(() => parseSelector(`${name}{${matchers}}`)).not.toThrow();
    for (const text of NO_SELECTORS) expect(() => parseSelector(text)).toThrow(Mistakes);
  });
});
