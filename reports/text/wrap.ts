import { type Line, type Piece, piece, type Style, widthOf } from './line.ts';

export interface WrapOptions {
  readonly style?: Style;
  /** Columns the lines below the first are indented by; as far as the lead reaches, unless told. */
  readonly indent?: number;
}

/**
 * Breaks a text into lines of at most so many columns, with `lead` before the first. Words longer than a line are cut,
 * numbers stay with their units.
 */
export function wrapped(lead: readonly Piece[], text: string, width: number, options: WrapOptions = {}): Line[] {
  const { style, indent = widthOf(lead) } = options;
  const lines = broken(piece(text).text, [width - widthOf(lead), width - indent]);
  return lines.map((line, place) => [
    ...(place === 0 ? lead : [{ text: ' '.repeat(indent) }]),
    style === undefined ? { text: line } : { text: line, style },
  ]);
}

/** Narrower lines than this would hold one syllable each. */
const LEAST = 8;

function broken(text: string, [first, following]: readonly [number, number]): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  const room = () => Math.max(LEAST, lines.length === 0 ? first : following);
  for (const word of wordsOf(text).flatMap((long) => pieces([...long], Math.max(LEAST, Math.min(first, following))))) {
    if (line.length > 0 && line.length + 1 + word.length > room()) {
      lines.push(line.join(''));
      line = [];
    }
    line = line.length > 0 ? [...line, ' ', ...word] : word;
  }
  return [...lines, line.join('')];
}

/** Splits at blanks, but not between a number and its unit. */
function wordsOf(text: string): string[] {
  return text.split(/(?<!\d) +| +(?!(?:%|m?s|min|h|of)(?!\w))/);
}

function pieces(word: readonly string[], room: number): string[][] {
  const count = Math.max(1, Math.ceil(word.length / room));
  return Array.from({ length: count }, (_, place) => word.slice(place * room, (place + 1) * room));
}
