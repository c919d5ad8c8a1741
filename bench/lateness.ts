/** How late arrivals are, in milliseconds. */
export interface Lateness {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/**
 * How late arrivals came to a server, held against when they were due on the same clock; `from` leaves out those due
 * before. The n-th to come is held against the n-th that was due. Undefined when fewer came than were due: nobody can
 * say then which are missing. What comes beyond the schedule is left out.
 */
export function lateness(arrivals: Float64Array, due: Float64Array, from: number): Lateness | undefined {
  const late = latenesses(arrivals, due, from);
  return late && latenessOf(late, 0);
}

/**
 * The same for a client whose schedule is known but not the moment it began: its promptest arrival counts as on time,
 * so the figures are too small by as much as that one was late.
 */
export function latenessAtLeast(arrivals: Float64Array, due: Float64Array, from: number): Lateness | undefined {
  const late = latenesses(arrivals, due, from);
  if (!late) return undefined;
  const promptest = late.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  return latenessOf(late, promptest);
}

/** When each arrival of a constant rate is due, in milliseconds from its beginning. */
export function constantSchedule(rate: number, seconds: number): Float64Array {
  return Float64Array.from({ length: rate * seconds }, (_, index) => (index * 1_000) / rate);
}

function latenesses(arrivals: Float64Array, due: Float64Array, from: number): Float64Array | undefined {
  if (arrivals.length < due.length) return undefined;
  const sorted = arrivals.toSorted();
  const late = due
    .map((moment, index) => (sorted[index] ?? 0) - moment)
    .filter((_, index) => (due[index] ?? 0) >= from);
  return late.length === 0 ? undefined : late.sort();
}

function latenessOf(sorted: Float64Array, zero: number): Lateness {
  const at = (share: number) => quantile(sorted, share) - zero;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
