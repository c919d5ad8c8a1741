import { type Cursor, closingQuote, here, takeMatch } from '../cursor.ts';
import { misread, type SelectorCursor } from './misread.ts';

/** What stands between backslashes, or one escape of Go's. */
const PIECE =
  /[^\\\n]+|\\(?:[abfnrtv\\'"]|[0-3][0-7]{2}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U(?:000[\da-fA-F]|0010)[\da-fA-F]{4})/y;

const CONTROL: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/** Reads a string literal of PromQL: in double or single quotes with Go's escapes, or in backquotes without any. */
export function takeLiteral(cursor: SelectorCursor): string {
  const { text, at: from } = cursor;
  const quote = here(cursor);
  if (!isQuote(quote)) throw misread(cursor, 'a text in quotes');
  const end = quote === '`' ? text.indexOf(quote, from + 1) : closingQuote(text, from);
  if (end < 0) throw misread(cursor, `a closing ${quote} for the quote`);
  const body = text.slice(from + 1, end);
  const value = quote === '`' ? body : unescaped({ text: body, at: 0 }, quote, cursor);
  cursor.at = end + 1;
  return value;
}

/** True for the characters a string literal can begin with. */
export function isQuote(character: string): boolean {
  return character === '"' || character === "'" || character === '`';
}

function unescaped(body: Cursor, quote: string, cursor: SelectorCursor): string {
  // Escapes of bytes may make up a character together, so everything is put in bytes first.
  const bytes: number[] = [];
  while (here(body) !== '') {
    const place = cursor.at + 1 + body.at;
    const piece = takeMatch(body, PIECE);
    const isOtherQuote = piece === `\\"` ? quote !== '"' : piece === "\\'" && quote !== "'";
    if (piece === undefined || isOtherQuote)
      throw misread(cursor, 'an escape that Go knows, such as \\\\ or \\n', place);
    for (const byte of bytesOf(piece)) bytes.push(byte);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    throw misread(cursor, 'escapes that make up UTF-8');
  }
}

function bytesOf(piece: string): Iterable<number> {
  if (!piece.startsWith('\\')) return new TextEncoder().encode(piece);
  const [kind = '', digits] = [piece[1], piece.slice(2)];
  if (/[0-3]/.test(kind)) return [Number.parseInt(piece.slice(1), 8)];
  if (kind === 'x') return [Number.parseInt(digits, 16)];
  if (digits !== '') return new TextEncoder().encode(String.fromCodePoint(Number.parseInt(digits, 16)));
  return [CONTROL[kind] ?? kind.charCodeAt(0)];
}
