import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { usableBinaries } from '../../../targets/reference/supervision/binaries.ts';
import { unprivileged } from '../../../targets/reference/supervision/owner.ts';
import { requiredBinaries } from '../../../targets/reference/supervision/requirements.ts';
import { describeWithReference } from '../../support/reference.ts';

describeWithReference("PostgreSQL's programs", () => {
  let work: string;
  let packaged: string;

  beforeEach(() => {
    work = mkdtempSync(join(tmpdir(), 'stormtest-binaries-'));
    chmodSync(work, 0o755);
    packaged = join(work, 'package');
    cpSync(requiredBinaries(), packaged, { recursive: true, verbatimSymlinks: true });
  });
  afterEach(() => rmSync(work, { recursive: true, force: true }));

  const version = (programs: string) =>
    execFileSync(join(programs, 'postgres'), ['--version'], { ...unprivileged(), encoding: 'utf8', cwd: '/' });

  test('run from the package when its links are there', async () => {
    link(packaged);
    const programs = await usableBinaries(packaged, join(work, 'run'), unprivileged());
    expect(programs).toBe(join(packaged, 'native', 'bin'));
    expect(version(programs)).toContain('PostgreSQL');
  });

  test('run from a copy with links when no install script has made them', async () => {
    unlink(packaged);
    const programs = await usableBinaries(packaged, join(work, 'run'), unprivileged());
    expect(programs).toBe(join(work, 'run', 'postgresql', 'native', 'bin'));
    expect(version(programs)).toContain('PostgreSQL');
  });

  test.runIf(process.getuid?.() === 0)('run from a copy when a folder above is closed to other users', async () => {
    link(packaged);
    chmodSync(packaged, 0o700);
    const programs = await usableBinaries(packaged, join(work, 'run'), unprivileged());
    expect(programs).toBe(join(work, 'run', 'postgresql', 'native', 'bin'));
    expect(version(programs)).toContain('PostgreSQL');
    expect(statSync(programs).uid).toBe(65_534);
  });

  test('are copied into what their owner can remove again', async () => {
    unlink(packaged);
    const run = join(work, 'run');
    await usableBinaries(packaged, run, unprivileged());
    execFileSync('rm', ['-rf', join(run, 'postgresql', 'native')], { ...unprivileged(), cwd: '/' });
    expect(existsSync(join(run, 'postgresql', 'native'))).toBe(false);
  });
});

const links = (packaged: string): string[] => {
  const list: { target: string }[] = JSON.parse(readFileSync(join(packaged, 'native', 'pg-symlinks.json'), 'utf8'));
  return list.map(({ target }) => join(packaged, target));
};

/** Brings the package into the state its install script leaves it in. */
function link(packaged: string): void {
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: packaged });
  for (const path of links(packaged)) expect(existsSync(path)).toBe(true);
}

/** Brings the package into the state it is downloaded in. */
function unlink(packaged: string): void {
  for (const path of links(packaged)) if (lstatSync(path, { throwIfNoEntry: false })) unlinkSync(path);
}
