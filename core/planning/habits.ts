import { milliseconds } from '../duration.ts';
import type { PlannedHabits, PlannedRetry } from '../plan.ts';
import type { Habits, Retry } from '../profile.ts';

/** Puts people's habits in milliseconds, and works out how long the most stubborn of them keeps trying. */
export function plannedHabits(habits: Habits): PlannedHabits {
  const patience = milliseconds(habits.patience);
  const retries = habits.retries.map(plannedRetry);
  const delays = (retry: PlannedRetry) =>
    Array.from({ length: retry.attempts - 1 }, (_, n) => Math.min(retry.cap, retry.base * 2 ** n));
  const pauses = (retry: PlannedRetry) =>
    retry.honoursRetryAfter ? (retry.attempts - 1) * retry.cap : delays(retry).reduce((a, b) => a + b, 0);
  return {
    patience,
    wrongPassword: habits.wrongPassword,
    retries,
    longestRetryDelay: Math.max(0, ...retries.map(({ attempts, cap }) => (attempts > 1 ? cap : 0))),
    horizon: Math.max(patience, ...retries.map((retry) => retry.attempts * patience + pauses(retry))),
  };
}

function plannedRetry(retry: Retry): PlannedRetry {
  const { share, attempts } = retry;
  const even = { share, attempts, jitter: false, honoursRetryAfter: false };
  if (retry.kind === 'immediate') return { ...even, base: 0, cap: 0 };
  if (retry.kind === 'fixed') return { ...even, base: milliseconds(retry.delay), cap: milliseconds(retry.delay) };
  const { honoursRetryAfter } = retry;
  return {
    share,
    attempts,
    base: milliseconds(retry.base),
    cap: milliseconds(retry.cap),
    jitter: true,
    honoursRetryAfter,
  };
}
