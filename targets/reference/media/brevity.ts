/** How many voices fewer than otherwise a large meeting has, because there is no time to forward more. */
export interface Brevity {
  fewer: number;
  /** Until when one more is not tried, in milliseconds. */
  until: number;
  /** When there was one fewer last. */
  steppedAt: number;
  /** Whether what came waited for long at the last look as well. */
  wasLong: boolean;
}

/** What comes waits for so long only where there is more of it than time: half of what anybody may be late by. Milliseconds. */
export const LONG = 75;
/** By what has waited for so long at once everybody is too late, whatever becomes of it. */
const FAR_TOO_LONG = 250;
/** So long there are fewer voices then: nothing tells how much time there would be for more. */
const BRIEF_FOR = 20_000;
/** What has gathered has to be forwarded before it shows whether one fewer was enough, in milliseconds. */
const SETTLES = 1_000;
/** One voice is left at the least. */
const MOST_FEWER = 2;

/** Time enough. */
export function noBrevity(): Brevity {
  return { fewer: 0, until: Number.NEGATIVE_INFINITY, steppedAt: Number.NEGATIVE_INFINITY, wasLong: false };
}

/**
 * Takes into account how long what came waited before it was read, since the last look: a voice fewer when that was long twice
 * in a row, which no single moment without a processor is, and two where it was far too long; one more after a while.
 */
export function heed(brevity: Brevity, waits: number, now: number): void {
  const isLong = waits > LONG;
  const isFar = waits > FAR_TOO_LONG;
  if (isFar || (isLong && brevity.wasLong)) {
    if (now - brevity.steppedAt >= SETTLES) {
      brevity.fewer = Math.min(MOST_FEWER, brevity.fewer + (isFar ? 2 : 1));
      brevity.steppedAt = now;
    }
    brevity.until = now + BRIEF_FOR;
  } else if (brevity.fewer > 0 && now >= brevity.until) {
    brevity.fewer -= 1;
    brevity.until = now + BRIEF_FOR;
  }
  brevity.wasLong = isLong;
}
