import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Mistakes } from '../../core/mistake.ts';

/** The recording a command names: the file, or the folder it is in. Throws Mistakes when none is named. */
export function recordingNamed([path]: readonly string[]): string {
  const mend = 'name one recording: stormtest-results/…/recording.jsonl, or its folder';
  if (path === undefined) throw Mistakes.of('recording', 'is missing', mend);
  return existsSync(path) && statSync(path).isDirectory() ? join(path, 'recording.jsonl') : path;
}
