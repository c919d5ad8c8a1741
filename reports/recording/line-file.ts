import { close, fsync, ftruncate, write } from 'node:fs';
import { promisify } from 'node:util';

const NEWLINE = 0x0a;
const [closed, synced, truncated] = [promisify(close), promisify(fsync), promisify(ftruncate)];

/**
 * A file that is appended to in whole lines. When the disk refuses in the middle of a batch, the lines that fit stay and
 * the torn one is taken off again, so that the file can be read as it is.
 */
export class LineFile {
  readonly #descriptor: number;
  #size = 0;

  /** `descriptor` belongs to an empty file, and to this object from now on. */
  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** Appends bytes that end with a newline; rejects with the system's error when not all of them fit. */
  async append(lines: Buffer): Promise<void> {
    let done = 0;
    try {
      while (done < lines.length) done += await this.#write(lines, done);
    } catch (refused) {
      done = lines.subarray(0, done).lastIndexOf(NEWLINE) + 1;
      // Best effort: a torn last line is what readers tolerate anyway.
      await truncated(this.#descriptor, this.#size + done).catch(() => undefined);
      throw refused;
    } finally {
      this.#size += done;
    }
  }

  /** Brings everything to the disk and lets go of the file. */
  async close(): Promise<void> {
    try {
      await synced(this.#descriptor);
    } finally {
      await closed(this.#descriptor);
    }
  }

  #write(bytes: Buffer, from: number): Promise<number> {
    return new Promise((resolve, reject) => {
      write(this.#descriptor, bytes, from, bytes.length - from, this.#size + from, (refused, count) =>
        refused ? reject(refused) : resolve(count),
      );
    });
  }
}
