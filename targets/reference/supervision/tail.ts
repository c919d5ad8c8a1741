import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const KEPT = 40;
const SHOWN = 5;

/** What a process says, line by line: the last lines of it, and whoever waits for a certain one. */
export class Tail {
  readonly #lines: string[] = [];
  readonly #listeners = new Set<(line: string) => void>();

  constructor(streams: readonly (Readable | null)[], log: (line: string) => void) {
    for (const stream of streams) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.#hear(line, log));
    }
  }

  /** The last few lines as one text. */
  last(): string {
    return this.#lines.slice(-SHOWN).join('\n');
  }

  /** The last line of those kept that matches a pattern. */
  found(pattern: RegExp): string | undefined {
    return this.#lines.findLast((line) => pattern.test(line));
  }

  /** Resolves with the first group of a pattern in the first line that matches it, be it said already. */
  line(pattern: RegExp): Promise<string> {
    return new Promise((resolve) => {
      const listener = (line: string) => {
        const match = pattern.exec(line);
        if (!match) return;
        this.#listeners.delete(listener);
        resolve(match[1] ?? line);
      };
      this.#listeners.add(listener);
      for (const line of this.#lines) listener(line);
    });
  }

  #hear(line: string, log: (line: string) => void): void {
    log(line);
    this.#lines.push(line);
    if (this.#lines.length > KEPT) this.#lines.shift();
    for (const listener of this.#listeners) listener(line);
  }
}
