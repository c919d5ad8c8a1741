import { here, take, takeMatch } from '../cursor.ts';
import { isQuote, takeLiteral } from './literal.ts';
import { misread, type SelectorCursor } from './misread.ts';
import { anchored } from './pattern.ts';

/** What a label has to be; the metric's name is the label `__name__`, and a label that is absent is empty. */
export interface Matcher {
  readonly label: string;
  readonly operator: Operator;
  readonly value: string;
  accepts(value: string): boolean;
}

const OPERATORS = ['=~', '!~', '!=', '='] as const;

type Operator = (typeof OPERATORS)[number];

/** The label that stands for the name of the metric. */
export const NAME = '__name__';

/** Requires a metric name. */
export function named(name: string): Matcher {
  return { label: NAME, operator: '=', value: name, accepts: (value) => value === name };
}

/** Reads `label="value"` with any of the four operators, or gives the quoted metric name that stands in its place. */
export function takeMatcher(cursor: SelectorCursor): Matcher | string {
  const start = cursor.at;
  const isQuoted = isQuote(here(cursor));
  const label = isQuoted ? takeLiteral(cursor) : takeMatch(cursor, /[a-zA-Z_]\w*/y);
  if (!label) throw misread(cursor, 'a label name or "}"', start);
  takeSpace(cursor);
  const operator = OPERATORS.find((candidate) => take(cursor, candidate));
  if (operator === undefined && isQuoted) return label;
  if (operator === undefined) throw misread(cursor, 'one of the operators = != =~ !~');
  takeSpace(cursor);
  const from = cursor.at;
  const value = takeLiteral(cursor);
  return { label, operator, value, accepts: test(operator, value, cursor, from) };
}

/** Passes over what separates the parts of a selector. */
export function takeSpace(cursor: SelectorCursor): void {
  takeMatch(cursor, /\s+/y);
}

function test(operator: Operator, value: string, cursor: SelectorCursor, from: number): (value: string) => boolean {
  if (operator === '=') return (found) => found === value;
  if (operator === '!=') return (found) => found !== value;
  const pattern = compiled(value, cursor, from);
  return operator === '=~' ? (found) => pattern.test(found) : (found) => !pattern.test(found);
}

function compiled(pattern: string, cursor: SelectorCursor, from: number): RegExp {
  try {
    return anchored(pattern);
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    const mend = 'use what Go and JavaScript have in common, and \\\\ before characters that mean themselves';
    const reason = thrown.message.replace(/^Invalid regular expression: .*\/\w*: /s, '');
    throw misread(cursor, `a regular expression (${reason})`, from, mend);
  }
}
