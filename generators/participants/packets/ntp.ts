/**
 * Times of RTCP: 32 bits of seconds, 32 bits of their fraction. A sender may take any clock that runs evenly (RFC 3550,
 * 6.4.1); participants take the machine's monotonic one, which all of them share.
 */
export interface NtpTime {
  readonly seconds: number;
  readonly fraction: number;
}

const FRACTIONS = 0x100000000;

/** A time of the monotonic clock in milliseconds, as NTP writes it. */
export function ntpOf(ms: number): NtpTime {
  const seconds = Math.floor(ms / 1_000);
  const fraction = Math.floor((ms / 1_000 - seconds) * FRACTIONS);
  return { seconds: seconds % FRACTIONS, fraction: Math.min(fraction, FRACTIONS - 1) };
}

export function millisecondsOf({ seconds, fraction }: NtpTime): number {
  return (seconds + fraction / FRACTIONS) * 1_000;
}

/** The middle 32 bits, in which reports name times: seconds with 16 binary places. */
export function middleOf({ seconds, fraction }: NtpTime): number {
  return ((seconds & 0xffff) * 0x10000 + Math.floor(fraction / 0x10000)) >>> 0;
}

/** A span in milliseconds as reports write it, in 1/65536 seconds. */
export function shortOf(ms: number): number {
  return Math.min(0xffffffff, Math.max(0, Math.round(ms * 65.536)));
}

/**
 * The round trip in milliseconds by a report that came in `now` (RFC 3550, 6.4.1): since the sender report it answers,
 * less what it was held back; undefined when it answers none, or says something that cannot be.
 */
export function roundTripOf(now: NtpTime, { lastReport, delay }: { lastReport: number; delay: number }) {
  if (lastReport === 0) return undefined;
  const passed = (middleOf(now) - lastReport - delay) | 0;
  // A clock that both ends round can be off by a tick; more than that is no answer to us.
  return passed < -66 ? undefined : Math.max(0, passed / 65.536);
}
