import { Malformed } from '../json/syntax.ts';
import { LONGEST_WAIT } from '../lifetime.ts';
import { refusals } from '../refusal.ts';

/** Reads a body; what makes it malformed becomes a Refusal. */
export function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Malformed ? refusals.badBody(error.message) : error;
  }
}

/** Refuses a time to live that no timer can keep. */
export function checkTtl(ttl: number | undefined): void {
  if (ttl !== undefined && (ttl < 0 || ttl > LONGEST_WAIT))
    throw refusals.invalid(`ttl must be from 0 to ${LONGEST_WAIT} milliseconds, not ${ttl}`);
}
