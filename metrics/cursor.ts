/** A text and how far it has been read. */
export interface Cursor {
  readonly text: string;
  at: number;
}

/** True when nothing is left. */
export function atEnd(cursor: Cursor): boolean {
  return cursor.at >= cursor.text.length;
}

/** The character that stands here; empty at the end. */
export function here(cursor: Cursor): string {
  return cursor.text[cursor.at] ?? '';
}

/** Reads one given text if it stands here. */
export function take(cursor: Cursor, text: string): boolean {
  if (!cursor.text.startsWith(text, cursor.at)) return false;
  cursor.at += text.length;
  return true;
}

/** Reads what a sticky pattern matches here; undefined when it does not. */
export function takeMatch(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const match = pattern.exec(cursor.text)?.[0];
  if (match !== undefined) cursor.at += match.length;
  return match;
}

/** Finds the quote that ends what begins behind `from`, passing over whatever a backslash stands before; -1 without one. */
export function closingQuote(text: string, from: number): number {
  const quote = text[from];
  let end = from + 1;
  while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
  return end < text.length ? end : -1;
}
