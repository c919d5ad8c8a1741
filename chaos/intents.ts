import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT } from '../core/exit.ts';
import { Mistakes } from '../core/mistake.ts';
import type { ProcessIdentity, Undo } from './undo.ts';

/** What is about to be done to a target and how it is undone, as it is written down before it is done. */
export interface Intent {
  /** `st_<run>_<n>` */
  readonly name: string;
  /** For people: `latency at database: 200 ms of latency`. */
  readonly says: string;
  readonly undo: Undo;
  /** Who injects it and is to undo it; when that process is gone, anybody may. */
  readonly owner: ProcessIdentity;
  /** When it should be gone at the latest, ISO 8601. */
  readonly expiresAt: string;
}

/** Who undid something. */
export type Undoer = 'owner' | 'watchdog' | 'cleanup';

type Line =
  | ({ readonly did: 'intend' } & Intent)
  | { readonly did: 'apply'; readonly name: string }
  | { readonly did: 'undo'; readonly name: string; readonly by: Undoer };

/**
 * The intent log of one run: a file of JSON lines, each on the disk before the call returns, so that whatever dies, what
 * may have been done to a target can be read and undone. It is removed when nothing is left to undo.
 */
export class IntentLog {
  readonly file: string;
  /** What this process knows to be undone, be it noted or not. */
  readonly #undone = new Set<string>();

  constructor(file: string) {
    this.file = file;
  }

  /** Where the log of a run is. */
  static of(folder: string, run: string): IntentLog {
    return new IntentLog(join(folder, `${run}.jsonl`));
  }

  /** Throws Mistakes when it cannot be written: then nothing may be injected. */
  intend(intent: Intent): void {
    try {
      mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
      this.#append({ did: 'intend', ...intent });
    } catch (error) {
      const what = `cannot be written (${(error as Error).message}), so nothing is done that would have to be undone`;
      throw Mistakes.of(this.file, what, 'STORMTEST_STATE names another folder', EXIT.broken);
    }
    this.#undone.delete(intent.name);
  }

  /** Notes that something is in place, for people who read the log. */
  applied(name: string): void {
    this.#note({ did: 'apply', name });
  }

  /**
   * Notes that something is undone. When nothing else is open the log goes, which needs no room on the disk; but not by a
   * watchdog, whose owner may be intending the next thing at this moment.
   */
  undone(name: string, by: Undoer): void {
    this.#undone.add(name);
    if (by !== 'watchdog' && this.open().length === 0) rmSync(this.file, { force: true });
    else this.#note({ did: 'undo', name, by });
  }

  /** Removes the log of a run that is over, if nothing is open. */
  clear(): void {
    if (this.open().length === 0) rmSync(this.file, { force: true });
  }

  /** What was intended and is not known to be undone, in the order of the intentions. */
  open(): readonly Intent[] {
    const open = new Map<string, Intent>();
    for (const line of linesIn(this.file)) {
      if (line.did === 'intend') {
        const { did: _, ...intent } = line;
        open.set(line.name, intent);
      } else if (line.did === 'undo') open.delete(line.name);
    }
    return [...open.values()].filter(({ name }) => !this.#undone.has(name));
  }

  /** Without it somebody undoes once more what is undone, which does no harm; a full disk must not keep from undoing. */
  #note(line: Line): void {
    try {
      this.#append(line);
    } catch {
      // It is told by what becomes of the next intention.
    }
  }

  #append(line: Line): void {
    const isNew = !isThere(this.file);
    const descriptor = openSync(this.file, 'a', 0o600);
    try {
      writeWhole(descriptor, `${JSON.stringify(line)}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    // A new file is only found again after a crash when its folder is on the disk too.
    if (isNew) syncFolder(dirname(this.file));
  }
}

/** The logs of all runs that have something left to undo; throws Mistakes when their folder cannot be read. */
export function openLogs(folder: string): readonly IntentLog[] {
  try {
    if (!isThere(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => new IntentLog(join(folder, name)));
  } catch (error) {
    const what = `cannot be read (${(error as Error).message}), and may say what is to be put back`;
    throw Mistakes.of(folder, what, 'read it as the user it belongs to: stormtest cleanup', EXIT.broken);
  }
}

/** Writes all of a line or none of it: on a full disk part of one would spoil the next. */
function writeWhole(descriptor: number, line: string): void {
  const bytes = Buffer.from(line);
  const before = fstatSync(descriptor).size;
  let written = 0;
  try {
    written = writeSync(descriptor, bytes);
  } finally {
    if (written < bytes.length) ftruncateSync(descriptor, before);
  }
  if (written < bytes.length) throw new Error(`no room for ${bytes.length} bytes`);
}

/** None of a file that is not there: whoever undid the last of it may have removed it a moment ago. */
function linesIn(file: string): readonly Line[] {
  try {
    return readFileSync(file, 'utf8').split('\n').flatMap(parsed);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** A line that was cut off was never on the disk whole, so nothing was done after it. */
function parsed(text: string): [Line] | [] {
  try {
    return text === '' ? [] : [JSON.parse(text) as Line];
  } catch {
    return [];
  }
}

function isThere(path: string): boolean {
  try {
    closeSync(openSync(path, 'r'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
