import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** Gives the tests of a suite a folder for temporary files that nobody else uses, so that what is left can be told. */
export function useOwnTemporaryFolder(): void {
  const known = process.env.TMPDIR;
  let own: string;
  beforeAll(() => {
    own = mkdtempSync(join(tmpdir(), 'stormtest-tests-'));
    chmodSync(own, 0o1777);
    process.env.TMPDIR = own;
  });
  afterAll(() => {
    if (known === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = known;
    rmSync(own, { recursive: true, force: true });
  });
}

/** Everything in the folder for temporary files right now. */
export function foldersLeft(): readonly string[] {
  return readdirSync(tmpdir());
}

/** Whether a process is there, be it as a zombie. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
