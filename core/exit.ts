/** What the process answers to its caller; k6's numbers where k6 has one. */
export const EXIT = {
  survived: 0,
  /** Our own bug, or the machine's fault (a full disk). */
  broken: 1,
  /** Degraded or died: thresholds failed. */
  failed: 99,
  /** Invalid configuration or usage, or a target refused by the safety rules. */
  usage: 104,
  /** Stopped by a signal, rolled back. */
  interrupted: 105,
  /** A profile's or an adapter's own exception. */
  exception: 107,
  /** Aborted by a halt condition, rolled back. */
  halted: 108,
  /** The target did not answer before the run. */
  notReady: 111,
  /** Invalid or inconclusive: nothing was proven. */
  unproven: 112,
  /** Clean-up failed, faults may remain; overrides all others. */
  uncleaned: 113,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
