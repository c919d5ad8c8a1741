import { atEnd, take, takeMatch } from '../cursor.ts';
import { type Families, families, type Metadata } from './families.ts';
import type { Exposition, MetricType, Sample } from './family.ts';
import { expectEnd, type Line, malformed, takeBlanks } from './line.ts';
import { takeMilliseconds, takeValue } from './number.ts';
import { takeMetricName, takeSeries, unescaped } from './series.ts';

const TYPES: ReadonlyMap<string, MetricType> = new Map([
  ['counter', 'counter'],
  ['gauge', 'gauge'],
  ['histogram', 'histogram'],
  ['summary', 'summary'],
  ['untyped', 'unknown'],
]);

/**
 * Reads the Prometheus text format 0.0.4, with the quoted names of 1.0.0. Blanks may stand between all parts and at both
 * ends of a line, lines may be empty, the last line feed may be missing, and comments that are neither HELP nor TYPE are
 * passed over. Lines end in a line feed alone: a carriage return before it is refused, as by Prometheus. Timestamps may
 * be negative, as the format says; line feeds in quotes and missing commas, which Prometheus lets pass, are refused.
 */
export function parsePrometheus(lines: Iterable<Line>): Exposition {
  const found = families('prometheus');
  for (const line of lines) {
    takeBlanks(line);
    if (atEnd(line)) continue;
    if (take(line, '#')) takeComment(line, found);
    else found.add(takeSample(line));
  }
  return { format: 'prometheus', families: found.list() };
}

function takeComment(line: Line, found: Families): void {
  if (!takeBlanks(line)) return;
  const keyword = takeMatch(line, /(?:HELP|TYPE)(?=[ \t])/y);
  if (keyword === undefined) return;
  takeBlanks(line);
  const name = takeMetricName(line);
  if (!takeBlanks(line)) expectEnd(line, 'a space after the metric name');
  found.describe(name, keyword === 'TYPE' ? takeType(line) : takeHelp(line));
}

function takeType(line: Line): Metadata {
  const from = line.at;
  const type = TYPES.get(takeMatch(line, /[a-z]+/y) ?? '');
  if (type === undefined) throw malformed(line, `one of the types ${[...TYPES.keys()].join(', ')}`, from);
  takeBlanks(line);
  expectEnd(line, 'the end of the line after the type');
  return { type };
}

function takeHelp(line: Line): Metadata {
  const help = unescaped(line.text.slice(line.at).trimEnd(), /\\([\\n])/g);
  return help === '' ? {} : { help };
}

function takeSample(line: Line): Sample {
  const series = takeSeries(line, takeBlanks);
  const isApart = takeBlanks(line) || line.text[line.at - 1] === '}';
  if (!isApart) throw malformed(line, 'a space or "{" after the metric name');
  const sample = { ...series, value: takeValue(line) };
  takeBlanks(line);
  if (atEnd(line)) return sample;
  const timestamp = takeMilliseconds(line);
  takeBlanks(line);
  expectEnd(line, 'the end of the line after the timestamp');
  return { ...sample, timestamp };
}
