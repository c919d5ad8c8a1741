import { atEnd, take, takeMatch } from '../cursor.ts';
import { type Families, families, type Metadata } from './families.ts';
import { type Exemplar, type Exposition, METRIC_TYPES, type Sample } from './family.ts';
import { expectEnd, type Line, malformed } from './line.ts';
import { MalformedExposition } from './malformed.ts';
import { takeSeconds, takeValue } from './number.ts';
import { takeLabels, takeMetricName, takeSeries, unescaped } from './series.ts';

/**
 * Reads OpenMetrics text 1.0: single spaces between the parts, no empty lines, no comments, `# EOF` at the end. Like
 * Prometheus 3 it takes a comma behind the last label, and does not insist on what the specification demands of values,
 * of the order of lines and of which samples a type may have.
 */
export function parseOpenMetrics(lines: Iterable<Line>): Exposition {
  const found = families('openmetrics');
  let last = 0;
  let isOver = false;
  for (const line of lines) {
    if (isOver) throw malformed(line, 'nothing after "# EOF"');
    last = line.number;
    if (line.text === '# EOF') isOver = true;
    else if (take(line, '#')) takeMetadata(line, found);
    else found.add(takeSample(line));
  }
  if (!isOver) throw new MalformedExposition(last + 1, 1, '"# EOF" as the last line');
  return { format: 'openmetrics', families: found.list() };
}

function takeMetadata(line: Line, found: Families): void {
  const keyword = takeMatch(line, / (?:HELP|TYPE|UNIT) /y)?.trim();
  if (keyword === undefined) throw malformed(line, '" HELP ", " TYPE ", " UNIT " or " EOF" after "#"');
  const name = takeMetricName(line);
  takeSpace(line, 'after the metric name');
  if (keyword === 'TYPE') found.describe(name, takeType(line));
  else if (keyword === 'UNIT') found.describe(name, takeUnit(line, name));
  else found.describe(name, takeHelp(line));
}

function takeType(line: Line): Metadata {
  const from = line.at;
  const word = takeMatch(line, /[a-z]+/y);
  const type = METRIC_TYPES.find((candidate) => candidate === word);
  if (type === undefined) throw malformed(line, `one of the types ${METRIC_TYPES.join(', ')}`, from);
  expectEnd(line, 'the end of the line after the type');
  return { type };
}

/** What the specification wants treated as if the line were not there: an empty unit, an empty help. */
function takeUnit(line: Line, name: string): Metadata {
  const unit = line.text.slice(line.at);
  if (unit === '') return {};
  if (!name.endsWith(`_${unit}`)) throw malformed(line, 'a unit that the metric name ends with, after an underscore');
  return { unit };
}

function takeHelp(line: Line): Metadata {
  const help = unescaped(line.text.slice(line.at), /\\([\\"n])/g);
  return help === '' ? {} : { help };
}

function takeSample(line: Line): Sample {
  const series = takeSeries(line, () => {});
  takeSpace(line, 'before the value');
  const value = takeValue(line);
  const timestamp = takeTimestamp(line);
  const exemplar = take(line, ' # ') ? takeExemplar(line) : undefined;
  expectEnd(line, 'the end of the line, or " # " and an exemplar');
  return { ...series, value, ...timestamp, ...(exemplar && { exemplar }) };
}

function takeExemplar(line: Line): Exemplar {
  if (!take(line, '{')) throw malformed(line, '"{" and the labels of an exemplar');
  const labels = takeLabels(line, () => {});
  takeSpace(line, 'before the value of the exemplar');
  return { labels, value: takeValue(line), ...takeTimestamp(line) };
}

function takeTimestamp(line: Line): { readonly timestamp?: number } {
  if (atEnd(line) || line.text.startsWith(' # ', line.at)) return {};
  takeSpace(line, 'before the timestamp');
  return { timestamp: takeSeconds(line) };
}

function takeSpace(line: Line, where: string): void {
  if (!take(line, ' ')) throw malformed(line, `a space ${where}`);
}
