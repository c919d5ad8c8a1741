import { readFile, writeFile } from 'node:fs/promises';
import { existing } from './existing.ts';

/** Writes the quota of a cgroup as it was; one that is gone has none. */
export function quotaRestored(file: string, content: string): Promise<void> {
  return existing(written(file, content));
}

async function written(file: string, content: string): Promise<void> {
  // A file that is not there must not be made.
  await writeFile(file, content, { flag: 'r+' });
  const now = (await readFile(file, 'utf8')).trim();
  if (now !== content.trim()) throw new Error(`${file} says ${now} and not ${content}`);
}
