/** A terminal with a view that is drawn over itself, and words that stay above it. */
export interface Screen {
  readonly columns: number;
  /** Draws the view; lines that are too long are cut, and what the terminal has no rows for is left out. */
  show(lines: readonly string[]): void;
  /** Writes a text above the view. */
  tell(text: string): void;
  /** Takes the view off the screen. */
  clear(): void;
}

type Out = Pick<NodeJS.WriteStream, 'write' | 'columns' | 'rows'>;

const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const ERASE_LINE = '\u001b[K';
const ERASE_BELOW = '\u001b[0J';

/** Makes a screen of a terminal. */
export function screenOf(out: Out): Screen {
  let shown: readonly string[] = [];
  const columns = () => out.columns || 80;
  /** Back to where the view begins; a terminal that became narrower has broken its lines. */
  const top = () => {
    const rows = shown.reduce((sum, line) => sum + Math.max(1, Math.ceil(lengthOf(line) / columns())), 0);
    return rows > 0 ? `\u001b[${rows}A\r` : '';
  };
  const draw = (before: string) => {
    const drawn = shown.map((line) => `${line}${ERASE_LINE}\n`).join('');
    out.write(`${before}${drawn}${ERASE_BELOW}`);
  };
  return {
    get columns() {
      return columns();
    },
    show(lines) {
      const before = shown.length === 0 ? HIDE_CURSOR : top();
      // The row below the view is the cursor's.
      shown = lines.slice(0, Math.max(1, (out.rows || 24) - 1)).map((line) => cut(line, columns() - 1));
      draw(before);
    },
    tell(text) {
      draw(`${top()}${ERASE_BELOW}${text}\n`);
    },
    clear() {
      if (shown.length === 0) return;
      out.write(`${top()}${ERASE_BELOW}${SHOW_CURSOR}`);
      shown = [];
    },
  };
}

/** What switches colours takes no room. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const COLOUR = /(\u001b\[[0-9;]*m)/;

/** Columns that a text takes; every character of the view takes one. */
export function lengthOf(text: string): number {
  return text.split(COLOUR).reduce((sum, part, at) => sum + (at % 2 === 0 ? [...part].length : 0), 0);
}

/** Cuts a text to so many columns; colours that were switched on are switched off again. */
export function cut(text: string, width: number): string {
  let room = width;
  if (lengthOf(text) <= room) return text;
  room -= 1;
  const parts = text.split(COLOUR).map((part, at) => {
    if (at % 2 === 1) return part;
    const characters = [...part];
    const kept = characters.slice(0, Math.max(0, room)).join('');
    const ends = room >= 0 && characters.length > room;
    room -= ends ? room + 1 : characters.length;
    return ends ? `${kept}…` : kept;
  });
  return parts.join('');
}
