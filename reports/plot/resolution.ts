import { least, mean, most } from '../mean.ts';

/** What one step of a plot shows: the mean of its seconds, and the least and the most of them. */
export interface Point {
  /** The middle of the step. */
  readonly second: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A value for every second from 0; undefined where there is none. */
export type Values = readonly (number | undefined)[];

/** Puts values in their seconds; seconds before 0 are no part of a plot. A later value of a second takes its place. */
export function valuesOf(entries: Iterable<readonly [second: number, value: number | undefined]>): Values {
  const values: (number | undefined)[] = [];
  for (const [second, value] of entries) {
    if (second < 0) continue;
    while (values.length <= second) values.push(undefined);
    values[second] = value;
  }
  return values;
}

/** The highest of all values; 0 when there is none. */
export function peakOf(lists: readonly Values[]): number {
  return most(lists.flatMap((values) => values.flatMap((value) => value ?? []))) ?? 0;
}

/** A plot has at most so many steps; a quarter of an hour is shown second by second. */
const MOST_STEPS = 900;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600];

/** How many seconds one step of a plot stands for. */
export function stepFor(seconds: number, steps = MOST_STEPS): number {
  return STEPS.find((step) => seconds / step <= steps) ?? Math.ceil(seconds / steps);
}

/** Puts seconds together into steps; steps without any value are left out. */
export function stepped(values: Values, step: number): Point[] {
  const points: Point[] = [];
  for (let from = 0; from < values.length; from += step) {
    const known = values.slice(from, from + step).flatMap((value) => value ?? []);
    const [value, low, high] = [mean(known), least(known), most(known)];
    if (value === undefined || low === undefined || high === undefined) continue;
    points.push({ second: from + step / 2, value, low, high });
  }
  return points;
}

/** The words for a plot whose steps are longer than a second; undefined when they are not. */
export function stepNote(step: number): string | undefined {
  return step === 1
    ? undefined
    : `Each step shows ${step} s: the line is their mean, the band reaches from the least to the most.`;
}
