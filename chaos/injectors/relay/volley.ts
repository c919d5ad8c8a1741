import type { Volley } from '../../probes/datagrams.ts';
import { weight } from '../../relay/link.ts';
import { delays, OVERTAKEN, QUEUE, type Shape } from '../../relay/shape.ts';

/** How few and how many datagrams one look takes each way, and how many of them a share has to hit on average. */
const FEWEST = 200;
const MOST = 2_000;
const HIT = 10;
const SMALL = 40;
/** How long a look sends, in milliseconds: long enough for jitter to move, short enough for five looks in two seconds. */
const OVER = 100;
/** How long what is late by nothing but the machine is waited for, in milliseconds. */
const PATIENCE = 150;
/** A limit is filled for so long, in milliseconds, by so many datagrams: participants wait behind them, so they have to be few. */
const FILLED = 40;
const PIECES = 50;
/** So many where shares are to be seen as well: more at once would come no faster than what is let through. */
const PIECES_OF_SHARES = 200;
const LARGEST = 1_200;
const FEWEST_PIECES = 10;

/** What one look sends each way, so that what was asked can be told from nothing. */
export function volleyFor(shape: Shape): Volley {
  const { kilobitsPerSecond, reorder = 0 } = shape;
  const slowest = delays(shape).most + (reorder > 0 ? OVERTAKEN : 0) + PATIENCE;
  if (kilobitsPerSecond === undefined) return { count: countFor(shape), bytes: SMALL, over: OVER, wait: slowest };
  // Kilobits per second are bits per millisecond.
  const room = kilobitsPerSecond * FILLED;
  const pieces = sharesOf(shape).length > 0 ? PIECES_OF_SHARES : PIECES;
  const bytes = clamped(Math.round(room / pieces / 8) - weight(0) / 8, SMALL, LARGEST);
  const count = clamped(Math.round(room / weight(bytes)), FEWEST_PIECES, MOST);
  return { count, bytes, over: 0, wait: slowest + QUEUE + weight(bytes) / kilobitsPerSecond };
}

/** The smaller a share is, the more datagrams it takes to see it. */
function countFor(shape: Shape): number {
  return clamped(Math.ceil(HIT / Math.min(1, ...sharesOf(shape))), FEWEST, MOST);
}

function sharesOf({ loss = 0, reorder = 0, duplicate = 0 }: Shape): readonly number[] {
  return [loss, reorder, duplicate].filter((share) => share > 0);
}

function clamped(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
