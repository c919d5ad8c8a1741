import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Mistakes } from '../../core/mistake.ts';
import { wordsOf } from '../commands/command.ts';
import type { RawOptions } from '../options.ts';

/** The recording a command names: the file, or the folder it is in. Throws Mistakes when there is not exactly one. */
export function recordingNamed(raw: RawOptions): string {
  const [path, ...more] = wordsOf(raw);
  const mend = 'name one recording: stormtest-results/…/recording.jsonl, or its folder';
  if (path === undefined) throw Mistakes.of('recording', 'is missing', mend);
  if (more.length > 0) throw Mistakes.of('recording', `${more.length + 1} are named`, mend);
  return existsSync(path) && statSync(path).isDirectory() ? join(path, 'recording.jsonl') : path;
}
