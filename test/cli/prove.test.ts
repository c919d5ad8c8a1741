import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { EXIT } from '../../core/exit.ts';
import { endStarted, stormtest } from '../support/command-line.ts';
import type { Proven } from '../support/proven.ts';
import { describeWithReference } from '../support/reference.ts';
import { useOwnTemporaryFolder } from '../support/remains.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folder = temporaryFolders();

describeWithReference('stormtest prove', () => {
  useOwnTemporaryFolder();
  afterAll(endStarted);

  test('where the reference target cannot be started proves nothing, says why, and answers 112', async () => {
    const out = join(folder(), 'out');
    const nowhere = { TMPDIR: '/nowhere/at/all' };
    const ended = await stormtest(['prove', 'login-storm', '--json', '--out', out], { cwd: folder(), env: nowhere });
    expect(ended.code).toBe(EXIT.unproven);
    const { results, ...counts } = JSON.parse(ended.stdout);
    expect(counts).toMatchObject({ right: 0, wrong: 0, invalid: 2 });
    expect(results).toMatchObject([
      {
        profile: 'login-storm',
        target: 'reference:2020',
        expected: expect.stringMatching(/^died: not-recovered \(METASTABLE\)/),
      },
      { profile: 'login-storm', target: 'reference:hardened', expected: 'survived' },
    ]);
    for (const result of results as Proven[])
      expect(result).toMatchObject({
        rating: 'invalid',
        verdict: 'invalid',
        gates: [],
        mechanism: expect.stringMatching(/^not covered/),
        says: expect.stringContaining('/nowhere/at/all'),
      });
    expect(existsSync(out)).toBe(false);
    expect(ended.stderr).toMatch(/once more, the first try was invalid: /);
    expect(ended.stderr).toMatch(/^2 of 2: invalid /m);
  });

  test('without two hardenings at once is one proof, which names both and what they are', async () => {
    const taken = ['prove', 'login-storm', '--without', 'loginQueue,loginsUnderWay'];
    const nowhere = { TMPDIR: '/nowhere/at/all' };
    const ended = await stormtest([...taken, '--json'], { cwd: folder(), env: nowhere });
    expect(JSON.parse(ended.stdout).results).toMatchObject([
      {
        target: 'reference:hardened,loginQueue=2020,loginsUnderWay=2020',
        without: ['loginQueue', 'loginsUnderWay'],
        expected: 'degraded or died',
        rating: 'invalid',
      },
    ]);
    const { stdout } = await stormtest(taken, { cwd: folder(), env: nowhere });
    expect(stdout).toMatch(/^loginQueue: logins that may wait .*\nloginsUnderWay: logins between /m);
  });
});
