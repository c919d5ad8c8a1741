import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Mistakes } from '../../core/mistake.ts';
import { nearest } from '../../core/nearest.ts';
import { codeOf, reasonOf } from './disk-mistakes.ts';
import { EndlessLine } from './lines.ts';

/** Turns what stopped the reading of a file into the user's mistake, or gives back our own bug. */
export function unreadable(path: string, thrown: unknown): unknown {
  if (thrown instanceof EndlessLine)
    return Mistakes.of(`${path}:${thrown.number}`, 'is no recording: this line does not end', 'name a recording.jsonl');
  const code = codeOf(thrown);
  if (code === 'ENOENT' || code === 'ENOTDIR') return Mistakes.of(path, 'there is no such file', hint(path));
  if (code === 'EISDIR') return Mistakes.of(path, 'is a folder', hintInside(path));
  if (code === 'EACCES' || code === 'EPERM') return Mistakes.of(path, 'may not be read');
  return code === undefined ? thrown : Mistakes.of(path, `cannot be read: ${reasonOf(thrown)}`);
}

function hint(path: string): string | undefined {
  const folder = dirname(path);
  const meant = nearest(basename(path), filesIn(folder));
  return meant === undefined ? undefined : `did you mean ${join(folder, meant)}?`;
}

function hintInside(folder: string): string {
  const [recording] = filesIn(folder).filter((name) => name.endsWith('.jsonl'));
  return recording === undefined ? 'name a recording.jsonl' : `did you mean ${join(folder, recording)}?`;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
