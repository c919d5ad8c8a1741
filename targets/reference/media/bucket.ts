/** A network link's capacity as a token bucket: bytes that may be sent now; below 0 when the last datagram borrowed. */
export interface Bucket {
  readonly bytesPerSecond: number;
  tokens: number;
  filledAt: number;
}

/** How much of a second may go out at once. */
const BURST = 0.02;

/** A full bucket. */
export function fullBucket(bytesPerSecond: number, now: number): Bucket {
  return { bytesPerSecond, tokens: bytesPerSecond * BURST, filledAt: now };
}

/** Puts in what has come since the last time. */
export function fill(bucket: Bucket, now: number): void {
  if (bucket.bytesPerSecond === Number.POSITIVE_INFINITY) return;
  const { bytesPerSecond, tokens, filledAt } = bucket;
  bucket.tokens = Math.min(bytesPerSecond * BURST, tokens + ((now - filledAt) * bytesPerSecond) / 1_000);
  bucket.filledAt = now;
}
