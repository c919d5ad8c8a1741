import type { TestContext } from 'vitest';

/** Skips a test by name when something it needs is not there, and fails it when STORMTEST_REQUIRE_REAL is 1, as in CI. */
export function needed(isThere: boolean, what: string, context: TestContext): void {
  if (isThere) return;
  if (process.env.STORMTEST_REQUIRE_REAL === '1') throw new Error(`needs ${what}`);
  context.skip(`needs ${what}`);
}
