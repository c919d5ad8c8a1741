import { expect, test } from 'vitest';
import type { PlannedRetry } from '../../core/plan.ts';
import { pauseBefore, policyFor } from '../../generators/retry.ts';

const policy = (more: Partial<PlannedRetry>): PlannedRetry => ({
  ...{ share: 1, attempts: 4, base: 500, cap: 3_000, jitter: false, honoursRetryAfter: false },
  ...more,
});

test('policies are picked by their shares', () => {
  const policies = [policy({ share: 0.2, base: 1 }), policy({ share: 0.5, base: 2 }), policy({ share: 0.3, base: 3 })];
  const picked = Array.from({ length: 1_000 }, (_, i) => policyFor(i / 1_000, policies)?.base);
  expect([1, 2, 3].map((base) => picked.filter((p) => p === base).length)).toEqual([200, 500, 300]);
});

test('shares that fall short of 1 by rounding still give everybody a policy', () => {
  expect(policyFor(0.9999999, [policy({ share: 0.3 }), policy({ share: 0.69, base: 7 })])?.base).toBe(7);
});

test('pauses double from the base up to the cap, and end with the last attempt', () => {
  const pauses = [1, 2, 3, 4, 5].map((attempts) => pauseBefore(attempts, policy({ attempts: 5 }), undefined, 1));
  expect(pauses).toEqual([500, 1_000, 2_000, 3_000, undefined]);
});

test('full jitter draws between nothing and the whole pause', () => {
  expect(pauseBefore(2, policy({ jitter: true }), undefined, 0)).toBe(0);
  expect(pauseBefore(2, policy({ jitter: true }), undefined, 0.25)).toBe(250);
});

test('who honours Retry-After never comes back sooner than told, and gives up when told too long', () => {
  const polite = policy({ honoursRetryAfter: true });
  expect(pauseBefore(1, polite, 2_000, 1)).toBe(2_000);
  expect(pauseBefore(2, polite, 100, 1)).toBe(1_000);
  expect(pauseBefore(1, polite, 3_001, 1)).toBeUndefined();
});

test('who does not honour Retry-After comes back as they like', () => {
  expect(pauseBefore(1, policy({}), 60_000, 1)).toBe(500);
});
