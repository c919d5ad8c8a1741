/**
 * Milliseconds of the machine's monotonic clock. Unlike `performance.now()` it has one origin for all threads and
 * processes of a machine, so that workers agree on when a run began.
 */
export function monotonic(): number {
  return performance.now() + origin;
}

const origin = Number(process.hrtime.bigint()) / 1e6 - performance.now();
