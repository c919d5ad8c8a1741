/**
 * An exposition that cannot be read: where, counted from 1, and what was expected there. It quotes nothing of the text,
 * which is the target's and may hold anything.
 */
export class MalformedExposition extends Error {
  override readonly name = 'MalformedExposition';
  readonly line: number;
  /** In UTF-16 code units. */
  readonly column: number;
  readonly expected: string;

  constructor(line: number, column: number, expected: string) {
    super(`line ${line}, column ${column}: expected ${expected}`);
    this.line = line;
    this.column = column;
    this.expected = expected;
  }
}
