import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { EXIT } from '../../core/exit.ts';
import { endStarted, stormtest } from '../support/command-line.ts';
import { describeWithReference } from '../support/reference.ts';
import { foldersLeft, useOwnTemporaryFolder } from '../support/remains.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folder = temporaryFolders();

/** One line of a proof, as `--json` prints it. */
interface Result {
  readonly profile: string;
  readonly target: string;
  readonly expected: string;
  readonly rating: string;
  readonly verdict: string;
  readonly score?: number;
  readonly gates: readonly string[];
  readonly mechanism: string;
  readonly says: string;
}

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
    for (const result of results as Result[])
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
});

const isLong = process.env.STORMTEST_REQUIRE_REAL !== '1';

describe.skipIf(isLong)(
  `the proof of login-storm${isLong ? ' (three minutes; STORMTEST_REQUIRE_REAL=1 runs it)' : ''}`,
  () => {
    useOwnTemporaryFolder();
    afterAll(endStarted);

    test('2020 dies the documented death, hardened survives, and both leave reports and nothing else', async (context) => {
      const out = join(folder(), 'out');
      const ended = await stormtest(['prove', 'login-storm', '--json', '--out', out], { cwd: folder() });
      const { results, ...counts } = JSON.parse(ended.stdout) as {
        right: number;
        wrong: number;
        invalid: number;
        results: Result[];
      };
      expect([counts.wrong, results.length], ended.stderr).toEqual([0, 2]);
      expect(foldersLeft()).toEqual([]);
      const invalid = results.find(({ rating }) => rating === 'invalid');
      // A machine that is busy with something else proves nothing, twice in a row at that; anything else fails.
      if (invalid && /machine|generator|baseline/i.test(invalid.says))
        return context.skip(`the machine was busy: ${invalid.says}`);
      expect([ended.code, counts], ended.stderr).toMatchObject([EXIT.survived, { right: 2, wrong: 0, invalid: 0 }]);
      const [weak, hardened] = results;
      expect(weak).toMatchObject({ target: 'reference:2020', verdict: 'died' });
      // Whoever stands by may be hit so hard that this counts as well.
      expect(weak?.gates).toContain('not-recovered (METASTABLE)');
      expect(weak?.mechanism).toMatch(/^found: .*login\.queue\.departed/);
      expect(weak?.score).toBeLessThanOrEqual(39);
      expect(hardened).toMatchObject({ target: 'reference:hardened', verdict: 'survived', gates: [] });
      expect(hardened?.score).toBeGreaterThanOrEqual(80);
      for (const [variant, verdict] of [
        ['2020-1', 'died'],
        ['hardened-1', 'survived'],
      ] as const) {
        const told = ['', '-again']
          .map((again) => join(out, 'login-storm', `${variant}${again}`, 'report.json'))
          .filter(existsSync);
        expect(JSON.parse(readFileSync(told.at(-1) ?? '', 'utf8')).verdict).toBe(verdict);
      }
    }, 590_000);
  },
);
