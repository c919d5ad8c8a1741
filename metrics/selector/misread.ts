import { Mistakes } from '../../core/mistake.ts';
import type { Cursor } from '../cursor.ts';

/** A selector that is being read, and where the user wrote it. */
export interface SelectorCursor extends Cursor {
  readonly where: string;
}

const MEND = 'write it like name{label="value",other=~"a|b"}';

/** The user's mistake at the place reached, or at `at`, counted from 1. */
export function misread(cursor: SelectorCursor, expected: string, at = cursor.at, mend = MEND): Mistakes {
  return Mistakes.of(cursor.where, `expected ${expected} at character ${at + 1} of ${cursor.text}`, mend);
}
