import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type afterAll, afterEach } from 'vitest';

/** Gives each test of a file a folder of its own, removed when the test is over, or after all of them: tests at once. */
export function temporaryFolders(
  within = tmpdir(),
  after: typeof afterEach | typeof afterAll = afterEach,
): () => string {
  const made: string[] = [];
  after(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    const folder = mkdtempSync(join(within, 'stormtest-'));
    made.push(folder);
    return folder;
  };
}
