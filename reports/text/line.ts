import { printable } from '../printable.ts';
import type { Tone } from '../vocabulary.ts';

/** A line for a terminal: pieces of text with the style each is to be shown in. */
export type Line = readonly Piece[];

export interface Piece {
  readonly text: string;
  readonly style?: Style;
}

export type Style = 'bold' | 'dim' | Tone;

/** Select Graphic Rendition, ECMA-48 8.3.117. */
const CODES: Readonly<Record<Style, string>> = {
  bold: '1',
  dim: '2',
  good: '1;32',
  warn: '1;33',
  bad: '1;31',
  open: '1;36',
};

/** A piece of text; whatever a terminal would obey in it is spelled out. */
export function piece(text: string, style?: Style): Piece {
  return style === undefined ? { text: printable(text) } : { text: printable(text), style };
}

/** How many columns a line takes. */
export function widthOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + [...text].length, 0);
}

/** Fills a line up with blanks. */
export function padded(line: Line, width: number): Line {
  const missing = width - widthOf(line);
  return missing > 0 ? [...line, { text: ' '.repeat(missing) }] : line;
}

/** The line as it goes to the terminal. */
export function rendered(line: Line, color: boolean): string {
  return line
    .map(({ text, style }) => (color && style !== undefined ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text))
    .join('')
    .trimEnd();
}
