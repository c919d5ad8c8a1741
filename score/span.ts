/** Whole seconds of the run's clock, from the first up to but not including `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The seconds that lie wholly between two moments, in milliseconds. */
export function spanWithin(from: number, to: number): Span {
  // Phase lengths are divided by six at quick pace; rounding keeps 13000.000000002 from costing a second.
  const first = Math.ceil(Math.round(from) / 1_000);
  return { from: first, to: Math.max(first, Math.floor(Math.round(to) / 1_000)) };
}

/** The seconds that any part of the time between two moments, in milliseconds, lies in. */
export function spanTouching(from: number, to: number): Span {
  const first = Math.floor(Math.round(from) / 1_000);
  return { from: first, to: Math.max(first, Math.ceil(Math.round(to) / 1_000)) };
}

/** The part of a span before a second; empty, and at that second, when the span begins later. */
export function spanUpTo({ from, to }: Span, end: number): Span {
  return { from: Math.min(from, end), to: Math.min(to, end) };
}

/** Whether a second belongs to a span. */
export function isInSpan({ from, to }: Span, second: number): boolean {
  return second >= from && second < to;
}

/** One value for each second of a span. */
export function eachSecond<T>({ from, to }: Span, valueAt: (second: number) => T): T[] {
  return Array.from({ length: to - from }, (_, index) => valueAt(from + index));
}
