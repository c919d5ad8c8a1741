import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { EXIT } from '../../core/exit.ts';
import { profiles } from '../../profiles/index.ts';
import { endStarted, stormtest } from '../support/command-line.ts';
import type { Proven, Summary } from '../support/proven.ts';
import { foldersLeft, useOwnTemporaryFolder } from '../support/remains.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { turnsOf } from '../support/turns.ts';

const folder = temporaryFolders();
const isShort = process.env.STORMTEST_REQUIRE_REAL !== '1';
const long = isShort ? ' (minutes each; STORMTEST_REQUIRE_REAL=1 runs those whose turn it is)' : '';

/** Three minutes an answer, and each may be tried twice by the command itself: a wrong one is wrong at once. */
const PROOF = { timeout: 900_000, retry: 0 };

describe.skipIf(isShort)(`known answers whose turn it is${long}`, () => {
  useOwnTemporaryFolder();
  afterAll(endStarted);

  test.for(turnsOf(profiles, 1))('$name', PROOF, async ({ name, answers }, { skip }) => {
    const { code, results, says } = await proven(name);
    if (busy(results)) skip(busy(results));
    const [weak, hardened] = results;
    expect(weak, says).toMatchObject({ target: `reference:${answers.weak}`, verdict: 'died' });
    // Whoever stands by may be hit so hard that another gate fires as well.
    expect(weak?.gates).toContainEqual(expect.stringContaining(answers.gate));
    expect(weak?.mechanism).toMatch(/^found: /);
    expect(weak?.score).toBeLessThanOrEqual(39);
    expect(hardened, says).toMatchObject({ target: 'reference:hardened', verdict: 'survived', gates: [] });
    expect(hardened?.score).toBeGreaterThanOrEqual(80);
    expect(code).toBe(EXIT.survived);
    for (const result of results) expect(reportOf(result).verdict).toBe(result.verdict);
  });

  const needed = profiles.flatMap(({ name, answers }) => (answers.savedBy ?? []).map((setting) => ({ name, setting })));

  test.for(turnsOf(needed, 1))('$name is not survived without $setting', PROOF, async ({ name, setting }, { skip }) => {
    const { code, results, says } = await proven(name, '--without', setting);
    if (busy(results)) skip(busy(results));
    expect(results.map(({ without }) => without)).toEqual([setting.split(',')]);
    expect(results[0]?.verdict, says).toMatch(/^(died|degraded)$/);
    expect(code).toBe(EXIT.survived);
  });
});

/** Proves a profile, and looks that nothing is left of it. */
async function proven(
  ...words: readonly string[]
): Promise<Pick<Summary, 'results'> & { code: number | null; says: string }> {
  const out = join(folder(), 'out');
  const ended = await stormtest(['prove', ...words, '--json', '--out', out], { cwd: folder() });
  const { results } = JSON.parse(ended.stdout) as Summary;
  expect(foldersLeft()).toEqual([]);
  return { code: ended.code, results, says: ended.stderr };
}

/** A machine that is busy with something else proves nothing, twice in a row at that; why, where it was so. */
function busy(results: readonly Proven[]): string | undefined {
  const says = results.find(({ rating }) => rating === 'invalid')?.says;
  return says !== undefined && /machine|generator|baseline/i.test(says) ? `the machine was busy: ${says}` : undefined;
}

/** The report of the try that counted. */
function reportOf({ folder }: Proven): { readonly verdict: string } {
  return JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
}
