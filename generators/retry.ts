import type { PlannedRetry } from '../core/plan.ts';

/** Who retries how: picks a policy by its share, `drawn` from 0 to 1. */
export function policyFor(drawn: number, policies: readonly PlannedRetry[]): PlannedRetry | undefined {
  let upTo = 0;
  for (const policy of policies) {
    upTo += policy.share;
    if (drawn < upTo) return policy;
  }
  return policies.at(-1);
}

/**
 * How long to wait before trying again after so many attempts, in milliseconds; undefined when the person gives up.
 * Who honours Retry-After never comes back sooner than told, and gives up when told to wait longer than their own cap.
 */
export function pauseBefore(
  attempts: number,
  policy: PlannedRetry,
  retryAfter: number | undefined,
  drawn: number,
): number | undefined {
  if (attempts >= policy.attempts) return undefined;
  const pause = Math.min(policy.cap, policy.base * 2 ** (attempts - 1)) * (policy.jitter ? drawn : 1);
  if (!policy.honoursRetryAfter || retryAfter === undefined) return pause;
  return retryAfter > policy.cap ? undefined : Math.max(pause, retryAfter);
}
