import type { Impairment } from '../../core/fault.ts';
import type { Mistake } from '../../core/mistake.ts';

/** The two ways a datagram can go: to the upstream, or back to a client. */
export const DIRECTIONS = ['upstream', 'downstream'] as const;

export type Direction = (typeof DIRECTIONS)[number];

/**
 * What is done to the datagrams of one direction.
 * - `latency` and `jitter`: the delay of a client's datagrams wanders between latency - jitter (but not below 0) and
 *   latency + jitter, all delays equally likely, and never so fast that one would overtake another.
 * - `reorder`: the share that the next datagram of the same client overtakes, which are the late ones of RFC 4737; at
 *   most half of them can be.
 * - `kilobitsPerSecond`: of all clients together, 1,000 bits each, with the headers of UDP and IP as on a real link. What
 *   would wait for its turn for longer than QUEUE is dropped.
 */
export type Shape = Omit<Impairment, 'kind' | 'stream'>;

/** What is done to the datagrams of each direction; nothing where it is left out. */
export type Shapes = Readonly<Partial<Record<Direction, Shape>>>;

/** Everything that is done to the datagrams of one direction at a moment. No rate is Infinity. */
export type Stage = Readonly<Required<Shape>>;

/** How long a datagram waits at a rate at most, in milliseconds. */
export const QUEUE = 250;

/** How long a datagram waits at most for another one to overtake it, in milliseconds. */
export const OVERTAKEN = 100;

/** Where every second datagram is overtaken, no other is left to overtake. */
const MOST_REORDERED = 0.5;

/** What several impairments of one path come to; undefined when nothing is left to do. */
export function combined(shapes: readonly Shape[]): Stage | undefined {
  if (shapes.length === 0) return undefined;
  const share = (of: (shape: Shape) => number | undefined) =>
    1 - shapes.reduce((spared, shape) => spared * (1 - (of(shape) ?? 0)), 1);
  const sum = (of: (shape: Shape) => number | undefined) => shapes.reduce((all, shape) => all + (of(shape) ?? 0), 0);
  const reorder = share((shape) => shape.reorder);
  return {
    loss: share(({ loss }) => loss),
    duplicate: share(({ duplicate }) => duplicate),
    reorder: Math.min(MOST_REORDERED, reorder),
    latency: sum(({ latency }) => latency),
    jitter: sum(({ jitter }) => jitter),
    kilobitsPerSecond: Math.min(
      ...shapes.map(({ kilobitsPerSecond }) => kilobitsPerSecond ?? Number.POSITIVE_INFINITY),
    ),
  };
}

/** The least and the most delay, in milliseconds. */
export function delays({ latency = 0, jitter = 0 }: Pick<Shape, 'latency' | 'jitter'>): {
  least: number;
  most: number;
} {
  return { least: Math.max(0, latency - jitter), most: latency + jitter };
}

const LONGEST = 60_000;

/** What each of them can be, in words, and whether a value is that. */
const ALLOWED: Readonly<Record<keyof Shape, readonly [words: string, holds: (value: number) => boolean]>> = {
  loss: ['a share from 0 to 1', (value) => value >= 0 && value <= 1],
  duplicate: ['a share from 0 to 1', (value) => value >= 0 && value <= 1],
  reorder: [
    `a share from 0 to ${MOST_REORDERED}: who overtakes is not overtaken`,
    (value) => value >= 0 && value <= MOST_REORDERED,
  ],
  latency: [`0 to ${LONGEST} ms`, (value) => value >= 0 && value <= LONGEST],
  jitter: [`0 to ${LONGEST} ms`, (value) => value >= 0 && value <= LONGEST],
  kilobitsPerSecond: ['above 0 (loss: 1 lets nothing pass)', (value) => value > 0 && Number.isFinite(value)],
};

/** What is wrong with shapes that come from anywhere, each with its place under `where`; a word nobody knows is wrong. */
export function mistakesIn(shapes: unknown, where: string): readonly Mistake[] {
  if (!isMapping(shapes)) return [{ where, what: 'must say what is done upstream and downstream' }];
  return Object.entries(shapes).flatMap(([direction, shape]): readonly Mistake[] => {
    const at = `${where}.${direction}`;
    if (!DIRECTIONS.some((known) => known === direction))
      return [{ where: at, what: 'is no direction', mend: 'upstream, downstream' }];
    if (!isMapping(shape)) return [{ where: at, what: 'must say what is done', mend: Object.keys(ALLOWED).join(', ') }];
    return Object.entries(shape).flatMap(([name, value]) => mistakeIn(name, value, `${at}.${name}`));
  });
}

function mistakeIn(name: string, value: unknown, where: string): readonly Mistake[] {
  const allowed = Object.entries(ALLOWED).find(([known]) => known === name)?.[1];
  if (!allowed) return [{ where, what: 'is not known', mend: Object.keys(ALLOWED).join(', ') }];
  const [words, holds] = allowed;
  return typeof value === 'number' && holds(value) ? [] : [{ where, what: `must be ${words}, not ${value}` }];
}

function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
