import { closingQuote, here, take, takeMatch } from '../cursor.ts';
import type { Labels } from './family.ts';
import { type Line, malformed } from './line.ts';

const METRIC_NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL_NAME = /[a-zA-Z_][a-zA-Z0-9_]*/y;

/** Reads the blanks that a format allows between the parts of a series. */
export type Pad = (line: Line) => unknown;

/** Reads `name{label="value"}` or, with names outside the classic alphabet, `{"name","label"="value"}`. */
export function takeSeries(line: Line, pad: Pad): { readonly name: string; readonly labels: Labels } {
  const name = takeMatch(line, METRIC_NAME);
  const end = line.at;
  pad(line);
  if (take(line, '{')) return takeBraces(line, pad, name);
  line.at = end;
  if (name === undefined) throw malformed(line, 'a metric name');
  return { name, labels: new Map() };
}

/** Reads a metric name outside of braces, as metadata has it: plain, or quoted. */
export function takeMetricName(line: Line): string {
  const from = line.at;
  const name = here(line) === '"' ? takeQuoted(line, 'a metric name') : takeMatch(line, METRIC_NAME);
  if (!name) throw malformed(line, 'a metric name', from);
  return name;
}

/** Reads the labels of an exemplar from behind the opening brace to the closing one; no name stands among them. */
export function takeLabels(line: Line, pad: Pad): Labels {
  return takeBraces(line, pad, '').labels;
}

function takeBraces(line: Line, pad: Pad, before?: string): { readonly name: string; readonly labels: Labels } {
  let name = before;
  const labels = new Map<string, string>();
  const from = line.at;
  pad(line);
  while (!take(line, '}')) {
    const start = line.at;
    const isQuoted = here(line) === '"';
    const key = isQuoted ? takeQuoted(line, 'a name') : takeMatch(line, LABEL_NAME);
    if (!key) throw malformed(line, 'a label name or "}"', start);
    pad(line);
    if (isQuoted && name === undefined && here(line) !== '=') name = key;
    else if (key === '__name__') throw malformed(line, 'the metric name before the braces or quoted in them', start);
    else if (labels.has(key)) throw malformed(line, 'a label name that does not stand here already', start);
    else labels.set(key, takeLabelValue(line, pad));
    pad(line);
    if (take(line, ',')) pad(line);
    else if (here(line) !== '}') throw malformed(line, '"," or "}" after a label');
  }
  if (name === undefined) throw malformed(line, 'a metric name, quoted', from);
  for (const [key, value] of labels) if (value === '') labels.delete(key);
  return { name, labels };
}

function takeLabelValue(line: Line, pad: Pad): string {
  if (!take(line, '=')) throw malformed(line, '"=" after a label name');
  pad(line);
  return takeQuoted(line, 'a label value');
}

/** Reads a text in double quotes, in which `\\`, `\"` and `\n` are escapes and any other backslash is one. */
function takeQuoted(line: Line, what: string): string {
  const { text, at: from } = line;
  if (here(line) !== '"') throw malformed(line, `${what} in double quotes`);
  const end = closingQuote(text, from);
  if (end < 0) throw malformed(line, `a double quote that ends ${what}`, text.length);
  line.at = end + 1;
  return unescaped(text.slice(from + 1, end), /\\([\\"n])/g);
}

/** Replaces the escapes that a pattern finds; its group is the character escaped. */
export function unescaped(text: string, escapes: RegExp): string {
  return text.includes('\\') ? text.replace(escapes, (_, sign) => (sign === 'n' ? '\n' : sign)) : text;
}
