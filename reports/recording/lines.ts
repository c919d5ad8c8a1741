/** One line of a file, counted from 1. */
export interface Line {
  readonly number: number;
  /** Without its newline; undefined when the bytes are not UTF-8. */
  readonly text: string | undefined;
  /** Whether a newline stood at its end. */
  readonly ended: boolean;
}

/** Longer than any line of a recording; a file with longer ones is something else. */
const LONGEST = 16 * 1024 * 1024;
const NEWLINE = 0x0a;

/** Thrown when a line does not end. */
export class EndlessLine extends Error {
  override readonly name = 'EndlessLine';
  readonly number: number;

  constructor(number: number) {
    super(`line ${number} is longer than ${LONGEST / 1024 / 1024} MiB`);
    this.number = number;
  }
}

/** Splits chunks of bytes into lines, holding no more than one line in memory. Throws EndlessLine. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let number = 1;
  let [begun, length]: [Uint8Array[], number] = [[], 0];
  for await (const chunk of chunks) {
    let from = 0;
    for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
      yield { number, text: decoded([...begun, chunk.subarray(from, to)]), ended: true };
      number += 1;
      [begun, length, from] = [[], 0, to + 1];
    }
    begun.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > LONGEST) throw new EndlessLine(number);
  }
  if (length > 0) yield { number, text: decoded(begun), ended: false };
}

function decoded(parts: readonly Uint8Array[]): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    return undefined;
  }
}
