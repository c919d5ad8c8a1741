import { mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Acknowledged } from '../../core/acknowledged.ts';
import type { RunEvent } from '../../core/event.ts';
import { cannotOpen, cannotWrite, codeOf, noFolder, tooSlow } from './disk-mistakes.ts';
import { LineFile } from './line-file.ts';

/** Takes what happens as it happens and puts it into a file, one JSON line each. */
export interface LinesWriter<Item> {
  /** Never blocks; a line is on its way to the disk within a second. After a failure or the end it does nothing. */
  write(item: Item): void;
  /** Aborted once, with core Mistakes as its reason, when the disk takes no more; a run stops by it. */
  readonly failure: AbortSignal;
  /** Writes what is left. Rejects with the failure, if there was one; whole lines up to it stay readable. */
  close(): Promise<void>;
}

const FLUSH_EVERY = 500;
/** Bytes that are gathered before they are written without waiting for the clock. */
const BATCH = 256 * 1024;
/** Bytes that may wait for a slow disk; beyond, the run has to stop, as events may not be lost in silence. */
const MOST_WAITING = 64 * 1024 * 1024;

/**
 * Begins a recording: JSON Lines, `recording/1`. Makes the folders above it; throws Mistakes when the file cannot be
 * made or is there already, because a recording is evidence and never written over.
 */
export function openRecording(path: string): LinesWriter<RunEvent> {
  return new JsonLines(path);
}

/** Begins a ledger: what the target acknowledged, one JSON line each, under the same conditions as a recording. */
export function openLedger(path: string): LinesWriter<Acknowledged> {
  return new JsonLines(path);
}

class JsonLines<Item> implements LinesWriter<Item> {
  readonly #path: string;
  readonly #file: LineFile;
  readonly #failed = new AbortController();
  readonly #clock: NodeJS.Timeout;
  #batch: string[] = [];
  #gathered = 0;
  #underWay = 0;
  #refused = false;
  #writing = Promise.resolve();
  #closing: Promise<void> | undefined;

  constructor(path: string) {
    this.#path = path;
    this.#file = new LineFile(create(path));
    this.#clock = setInterval(() => this.#flush(), FLUSH_EVERY);
    this.#clock.unref();
  }

  get failure(): AbortSignal {
    return this.#failed.signal;
  }

  write(item: Item): void {
    if (this.failure.aborted || this.#closing) return;
    const line = `${JSON.stringify(item)}\n`;
    this.#batch.push(line);
    this.#gathered += line.length;
    if (this.#gathered + this.#underWay > MOST_WAITING) this.#fail(tooSlow(this.#path, MOST_WAITING));
    else if (this.#gathered >= BATCH) this.#flush();
  }

  async close(): Promise<void> {
    this.#closing ??= this.#finish();
    await this.#closing;
    this.failure.throwIfAborted();
  }

  async #finish(): Promise<void> {
    clearInterval(this.#clock);
    this.#flush();
    await this.#writing;
    await this.#file.close().catch((thrown) => this.#fail(cannotWrite(this.#path, thrown)));
  }

  #flush(): void {
    if (this.#batch.length === 0) return;
    const bytes = Buffer.from(this.#batch.join(''));
    this.#underWay += bytes.length;
    this.#batch = [];
    this.#gathered = 0;
    this.#writing = this.#writing.then(() => this.#append(bytes));
  }

  async #append(bytes: Buffer): Promise<void> {
    try {
      // Nothing may follow a line that is missing.
      if (!this.#refused) await this.#file.append(bytes);
    } catch (thrown) {
      this.#refused = true;
      this.#fail(cannotWrite(this.#path, thrown));
    } finally {
      this.#underWay -= bytes.length;
    }
  }

  #fail(why: Error): void {
    this.#batch = [];
    if (!this.failure.aborted) this.#failed.abort(why);
  }
}

function create(path: string): number {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (thrown) {
    throw codeOf(thrown) === 'EEXIST' ? noFolder(path) : cannotOpen(path, thrown);
  }
  try {
    return openSync(path, 'wx');
  } catch (thrown) {
    throw cannotOpen(path, thrown);
  }
}
