import { atEnd, type Cursor, takeMatch } from '../cursor.ts';
import { MalformedExposition } from './malformed.ts';

/** A line of an exposition without its line feed. */
export interface Line extends Cursor {
  /** Counted from 1. */
  readonly number: number;
}

const BLANKS = /[ \t]+/y;
const CARRIAGE_RETURN = 'a line feed alone at the end of the line, not a carriage return before it';

/** Cuts a text into its lines; behind the last line feed there is none. */
export function* linesOf(text: string): Generator<Line> {
  for (let from = 0, number = 1; from < text.length; number += 1) {
    const feed = text.indexOf('\n', from);
    const to = feed < 0 ? text.length : feed;
    yield { text: text.slice(from, to), number, at: 0 };
    from = to + 1;
  }
}

/** Refuses the line at the place reached, or at `at`; a carriage return is named, because nothing shows it. */
export function malformed(line: Line, expected: string, at = line.at): MalformedExposition {
  return new MalformedExposition(line.number, at + 1, line.text[at] === '\r' ? CARRIAGE_RETURN : expected);
}

/** Reads any number of spaces and tabs; false when there are none. */
export function takeBlanks(line: Line): boolean {
  return takeMatch(line, BLANKS) !== undefined;
}

/** Refuses anything that is left of the line. */
export function expectEnd(line: Line, expected: string): void {
  if (!atEnd(line)) throw malformed(line, expected);
}
