/** A stretch of load whose rate changes linearly: milliseconds on the run's clock, arrivals per second. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly startRate: number;
  readonly endRate: number;
}

/** A load over time: segments in order, without overlap. */
export type Curve = readonly Segment[];

/** A segment of constant rate. */
export function steady(from: number, to: number, rate: number): Segment {
  return { from, to, startRate: rate, endRate: rate };
}

/** How many arrivals a segment holds, not rounded: the area under it. */
export function arrivalsIn({ from, to, startRate, endRate }: Segment): number {
  return (((startRate + endRate) / 2) * (to - from)) / 1_000;
}

/** The rate at one moment, 0 outside the curve. */
export function rateAt(curve: Curve, at: number): number {
  const segment = curve.find(({ from, to }) => at >= from && at < to);
  if (!segment) return 0;
  const share = (at - segment.from) / (segment.to - segment.from);
  return segment.startRate + share * (segment.endRate - segment.startRate);
}

/** The highest rate of the sum of several curves; it stands where one of them begins, bends or ends. */
export function peakRate(curves: readonly Curve[]): number {
  const bends = curves.flat().flatMap(({ from, to }) => [from, to - 1e-6]);
  return Math.max(0, ...bends.map((at) => curves.reduce((sum, curve) => sum + rateAt(curve, at), 0)));
}
