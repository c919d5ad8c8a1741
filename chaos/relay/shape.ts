import type { Impairment } from '../../core/fault.ts';
import type { Mistake } from '../../core/mistake.ts';

/** The two ways a datagram can go: to the upstream, or back to a client. */
export const DIRECTIONS = ['upstream', 'downstream'] as const;

export type Direction = (typeof DIRECTIONS)[number];

/**
 * What is done to the datagrams of one direction: an impairment of `core/fault.ts`, and what only a relay can say.
 * - `latency` and `jitter`: the delay of a client's datagrams wanders between latency - jitter (but not below 0) and
 *   latency + jitter, all delays equally likely, and never so fast that one would overtake another.
 * - `reorder`: the share that the next datagram of the same client overtakes, which are the late ones of RFC 4737; at
 *   most half of them can be.
 * - `kilobitsPerSecond`: of all clients together, 1,000 bits each, with the headers of UDP and IP as on a real link.
 */
export interface Shape extends Omit<Impairment, 'kind'> {
  /** For each client on its own, beside what all of them have together. */
  readonly kilobitsPerSecondEach?: number;
  /** How long a datagram may wait for its turn at a rate, in milliseconds; 250 when left out. The others are dropped. */
  readonly queue?: number;
}

/** What is done to the datagrams of each direction; nothing where it is left out. */
export type Shapes = Readonly<Partial<Record<Direction, Shape>>>;

/** Everything that is done to the datagrams of one direction at a moment. No rate is Infinity. */
export type Stage = Readonly<Required<Shape>>;

/** How long datagrams wait at a rate before they are dropped, where nobody says it; milliseconds. */
export const QUEUE = 250;

/** What several impairments of one path come to; undefined when nothing is left to do. */
export function combined(shapes: readonly Shape[]): Stage | undefined {
  if (shapes.length === 0) return undefined;
  const shares = (of: (shape: Shape) => number | undefined) =>
    1 - shapes.reduce((spared, shape) => spared * (1 - (of(shape) ?? 0)), 1);
  const sum = (of: (shape: Shape) => number | undefined) => shapes.reduce((all, shape) => all + (of(shape) ?? 0), 0);
  const least = (of: (shape: Shape) => number | undefined) =>
    Math.min(...shapes.map((shape) => of(shape) ?? Number.POSITIVE_INFINITY));
  const queue = least(({ queue }) => queue);
  return {
    loss: shares(({ loss }) => loss),
    duplicate: shares(({ duplicate }) => duplicate),
    reorder: Math.min(
      MOST_REORDERED,
      shares(({ reorder }) => reorder),
    ),
    latency: sum(({ latency }) => latency),
    jitter: sum(({ jitter }) => jitter),
    kilobitsPerSecond: least(({ kilobitsPerSecond }) => kilobitsPerSecond),
    kilobitsPerSecondEach: least(({ kilobitsPerSecondEach }) => kilobitsPerSecondEach),
    queue: Number.isFinite(queue) ? queue : QUEUE,
  };
}

/** The least and the most delay of a stage, in milliseconds. */
export function delays({ latency, jitter }: Pick<Stage, 'latency' | 'jitter'>): { least: number; most: number } {
  return { least: Math.max(0, latency - jitter), most: latency + jitter };
}

/** Where every second datagram is overtaken, no other is left to overtake. */
const MOST_REORDERED = 0.5;
const LONGEST = 60_000;

/** What is wrong with the shapes somebody asks for, each with its place under `where`. */
export function mistakesIn(shapes: Shapes, where: string): readonly Mistake[] {
  return DIRECTIONS.flatMap((direction) => {
    const shape = shapes[direction] ?? {};
    const at = (name: keyof Shape, most: number, what: string, above = false): Mistake[] => {
      const value = shape[name];
      const fits = value === undefined || (value <= most && (above ? value > 0 : value >= 0));
      return fits ? [] : [{ where: `${where}.${direction}.${name}`, what: `must be ${what}, not ${value}` }];
    };
    return [
      ...at('loss', 1, 'a share from 0 to 1'),
      ...at('duplicate', 1, 'a share from 0 to 1'),
      ...at('reorder', MOST_REORDERED, 'a share from 0 to 0.5: who overtakes is not overtaken'),
      ...at('latency', LONGEST, `0 to ${LONGEST} ms`),
      ...at('jitter', LONGEST, `0 to ${LONGEST} ms`),
      ...at('queue', LONGEST, `0 to ${LONGEST} ms`),
      ...at('kilobitsPerSecond', Number.MAX_VALUE, 'above 0 (loss: 1 lets nothing pass)', true),
      ...at('kilobitsPerSecondEach', Number.MAX_VALUE, 'above 0 (loss: 1 lets nothing pass)', true),
    ];
  });
}
