import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolders } from './temporary-folder.ts';

const folder = temporaryFolders();

const IMPORTS = `import { afterAll, beforeAll, describe, expect, test } from 'vitest';\n`;
const ONE_PASSES = `test('passes', () => expect(1).toBe(1));\n`;

/** Runs files of tests with the reporter and the build of this project; gives the exit code and the last line. */
function run(files: Readonly<Record<string, string>>): { code: number | null; lines: readonly string[]; said: string } {
  const root = folder();
  for (const name of ['test', 'dist']) mkdirSync(join(root, name));
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  const config = {
    root,
    include: ['test/**/*.test.ts'],
    globalSetup: [resolve('test/support/build.ts')],
    reporters: ['default', resolve('test/support/counts.ts')],
  };
  const written = {
    'package.json': '{"type":"module"}',
    'tsconfig.json': '{"compilerOptions":{"outDir":"dist","rootDir":".","types":[]},"include":["built.ts"]}',
    'built.ts': 'export const built: number = 1;',
    'vitest.config.ts': `export default { test: ${JSON.stringify(config)} };`,
    ...files,
  };
  for (const [name, text] of Object.entries(written)) writeFileSync(join(root, name), text);
  for (const old of Object.keys(files).filter((name) => name.startsWith('dist/'))) utimesSync(join(root, old), 1, 1);
  const ended = spawnSync(process.execPath, [resolve('node_modules/vitest/vitest.mjs'), 'run'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', VITEST: undefined, VITEST_WORKER_ID: undefined },
  });
  return { code: ended.status, lines: ended.stdout.trimEnd().split('\n'), said: ended.stdout + ended.stderr };
}

test('what passed, failed and was skipped is counted in the last line, and the skipped are named', () => {
  const { code, lines } = run({
    'test/a.test.ts': `${IMPORTS}${ONE_PASSES}test('fails', () => expect(1).toBe(2));test.skip('a part', () => {});
      test('another part', ({ skip }) => skip('needs a thing'));
      describe.skip('a whole', () => { test('one', () => {}); test('two', () => {}); });`,
    'test/b.test.ts': `${IMPORTS}describe('all', () => { ${ONE_PASSES} });`,
  });
  expect([code, lines.at(-1)]).toEqual([1, '2 passed, 1 failed, 4 skipped']);
  expect(lines).toContain('skipped: a part');
  expect(lines).toContain('skipped: another part (needs a thing)');
  expect(lines).toContain('skipped: a whole (2 tests)');
});

test('a test that fails once and then passes is named with its reason', () => {
  const once = `let [times, again] = [0, 0];
    test('comes late', { retry: 1 }, () => { times += 1; expect(times, 'ran before').toBe(2); });
    test('comes later', { retry: 2 }, () => { again += 1; expect(again, 'ran before').toBe(3); });
    test('never comes', { retry: 1 }, () => expect(1).toBe(2));`;
  const { code, lines } = run({ 'test/a.test.ts': IMPORTS + once });
  expect([code, lines.at(-1)]).toEqual([1, '2 passed, 1 failed, 0 skipped']);
  const flaky = lines.filter((line) => line.startsWith('flaky: '));
  expect(flaky).toEqual([
    expect.stringMatching(/^flaky: test\/a\.test\.ts: comes late: failed once: ran before/),
    expect.stringMatching(/^flaky: test\/a\.test\.ts: comes later: failed twice: ran before/),
  ]);
});

test('a run in which nothing failed ends with 0, and ran what was built for it and nothing older', () => {
  const built = `import { existsSync } from 'node:fs';
    test('built anew', () => expect([existsSync('dist/old.js'), existsSync('dist/built.js')]).toEqual([false, true]));`;
  const { code, lines } = run({ 'dist/old.js': '', 'test/a.test.ts': IMPORTS + built });
  expect([code, lines.at(-1)]).toEqual([0, '1 passed, 0 failed, 0 skipped']);
});

test('a failed hook, a file that cannot be read or holds no test, and a lost rejection fail the run, each counted', () => {
  const { code, lines } = run({
    'test/before.test.ts': `${IMPORTS}describe('all', () => { beforeAll(() => { throw new Error('no'); }); ${ONE_PASSES} });`,
    'test/after.test.ts': `${IMPORTS}describe('all', () => { afterAll(() => { throw new Error('no'); }); ${ONE_PASSES} });`,
    'test/unreadable.test.ts': `${IMPORTS}import './nowhere.ts';\n${ONE_PASSES}`,
    'test/lost.test.ts': `${IMPORTS}test('passes', () => { void Promise.reject(new Error('late')); });`,
    'test/empty.test.ts': IMPORTS,
  });
  expect([code, lines.at(-1)]).toEqual([1, '2 passed, 5 failed, 1 skipped']);
});

test('a build that fails fails the run before any test', () => {
  const { code, said } = run({
    'built.ts': 'export const built: number = "one";',
    'test/a.test.ts': IMPORTS + ONE_PASSES,
  });
  expect(code).toBe(1);
  expect(said).toMatch(/built\.ts.*error TS2322/);
  expect(said).toContain('the build failed: tsc ended with');
  expect(said).not.toMatch(/\d+ passed, 0 failed/);
});
