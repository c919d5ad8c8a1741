import { type Brevity, heed, LONG, noBrevity } from './brevity.ts';
import type { Egress } from './egress.ts';
import { ALL_LAYERS } from './view.ts';
import type { WayState } from './way.ts';

/** How much a media server has to do, and how many layers of a picture that leaves room for. */
export interface Pressure {
  /** Between two numbers some get the higher one. */
  allowed: number;
  /** The share of the link that was used, 0..1, over the last interval. */
  used: number;
  bytesBefore: number;
  dropsBefore: number;
  lookedAt: number;
  /** Since when there is room for more, in milliseconds. */
  roomSince: number;
  /** When more was last tried. */
  raisedAt: number;
  /** How long there has to be room before more is tried: longer each time that it was too much. */
  patience: number;
  /** How many voices of a large meeting there is no time for. */
  readonly brevity: Brevity;
  /** When less was last forwarded because of what participants report. */
  relievedAt: number;
  /** Like `used`, over the last seconds. */
  usedOfLate: number;
  /** What came through, as a share of the link, when the way was crowded last; close to that nothing more is tried. */
  narrow: number;
  /** Until when that is believed. */
  narrowUntil: number;
}

const FULL = 0.92;
const ROOMY = 0.6;
/** In milliseconds. */
const LATE = 200;
/** What participants report of a way that takes no more: loss, or a queue that grows, in milliseconds. */
const CROWDED = { loss: 0.05, rise: 60 } as const;
/** So much is lost that one layer less is not enough. */
const OVERCROWDED = 0.15;
/** Reports come once a second: so long it takes until they are about what is sent now, in milliseconds. */
const TOLD_AFTER = 1_700;
const LEAST_PATIENCE = 2_000;
const MOST_PATIENCE = 30_000;
/** After that, more is tried for one participant of four at a time, until it has been enough for so long, in milliseconds. */
const WARY_STEP = 0.25;
const WARY_FOR = 180_000;
/** And so long is waited in between at least, in milliseconds: a queue that grows slowly is not told of sooner. */
const WARY_PATIENCE = 4_000;
/** Nobody here can see how much room there is further on: it is tried less often. */
const PATIENCE_WHEN_CROWDED = 6_000;
/** Within so many milliseconds after more was tried it shows whether it was too much; further on, where a queue grows slowly, later. */
const SHOWN_WITHIN = 3_000;
const REPORTED_WITHIN = 6_000;
/** So close to what came through when the way was crowded there is no room for more; what is believed for how long, and at most. */
const CLOSE = 0.85;
const BELIEVED_FOR = 90_000;
/** How much the last look weighs in what is used of late. */
const NEWEST = 0.3;

/** No pressure. */
export function noPressure(now: number): Pressure {
  return {
    ...{ allowed: ALL_LAYERS, used: 0, bytesBefore: 0, dropsBefore: 0 },
    ...{ lookedAt: now, roomSince: now, raisedAt: Number.NEGATIVE_INFINITY, patience: LEAST_PATIENCE },
    ...{ relievedAt: Number.NEGATIVE_INFINITY, brevity: noBrevity(), usedOfLate: 0 },
    ...{ narrow: Number.POSITIVE_INFINITY, narrowUntil: Number.NEGATIVE_INFINITY },
  };
}

/** What is looked at beside the link. */
export interface Signs {
  /** How late the event loop was, in milliseconds. */
  readonly late: number;
  /** How long what came waited before it was read, in milliseconds. */
  readonly waits: number;
  readonly way: WayState;
}

/**
 * Looks at the link again: a layer less when it is full, when the event loop is so late that there is no time to forward
 * what comes, or when participants report that the way to them takes no more; one more when there has been room for long
 * enough. Where video is not adapted all layers stay.
 */
export function look(pressure: Pressure, { tally, settings }: Egress, { late, waits, way }: Signs, now: number): void {
  const elapsed = (now - pressure.lookedAt) / 1_000;
  if (elapsed <= 0) return;
  const drops = tally.drops.queue - pressure.dropsBefore;
  pressure.used = (tally.egressBytes - pressure.bytesBefore) / (elapsed * settings.egressBytesPerSecond);
  pressure.usedOfLate += NEWEST * (pressure.used - pressure.usedOfLate);
  pressure.bytesBefore = tally.egressBytes;
  pressure.dropsBefore = tally.drops.queue;
  pressure.lookedAt = now;
  if (!settings.adaptsVideo) return;
  const isCrowded = way.loss > CROWDED.loss || way.rise > CROWDED.rise;
  heed(pressure.brevity, waits, now);
  const isFull = pressure.used > FULL || drops > 0 || late > LATE || waits > LONG;
  const isClose = now < pressure.narrowUntil && pressure.usedOfLate > CLOSE * pressure.narrow;
  if (pressure.used > ROOMY || isFull || isCrowded || isClose) pressure.roomSince = now;
  if (isFull) lower(pressure, 1, LEAST_PATIENCE, now - pressure.raisedAt < SHOWN_WITHIN);
  else if (isCrowded && now - pressure.relievedAt > TOLD_AFTER) relieve(pressure, way, now);
  else if (pressure.allowed < ALL_LAYERS && now - pressure.roomSince > pressure.patience) {
    const isWary = now - pressure.relievedAt < WARY_FOR;
    pressure.allowed = Math.min(ALL_LAYERS, pressure.allowed + (isWary ? WARY_STEP : 1));
    // What was tried before was not too much.
    pressure.patience = Math.max(isWary ? WARY_PATIENCE : LEAST_PATIENCE, pressure.patience / 2);
    pressure.raisedAt = now;
    pressure.roomSince = now;
  }
}

/**
 * What participants report is too much by a little where a little more has just been tried, and by a lot otherwise. Where it
 * comes out of the blue, what waits further on has to get away as well: that takes more than to add no more to it.
 */
function relieve(pressure: Pressure, { loss }: WayState, now: number): void {
  const wasTooMuch = now - pressure.raisedAt < REPORTED_WITHIN;
  const isNew = !wasTooMuch && now - pressure.relievedAt > WARY_FOR;
  const few = wasTooMuch && loss < CROWDED.loss ? 3 * WARY_STEP : 1;
  pressure.relievedAt = now;
  pressure.narrow = pressure.usedOfLate * (1 - loss);
  pressure.narrowUntil = now + BELIEVED_FOR;
  lower(pressure, isNew || loss > OVERCROWDED ? 2 : few, PATIENCE_WHEN_CROWDED, wasTooMuch);
}

function lower(pressure: Pressure, layers: number, patience: number, wasTooMuch: boolean): void {
  if (pressure.allowed === 0) return;
  pressure.allowed = Math.max(0, pressure.allowed - layers);
  pressure.patience = wasTooMuch ? Math.min(MOST_PATIENCE, Math.max(patience, 2 * pressure.patience)) : patience;
}

/** How many layers one of them gets: between two numbers, some get the higher one; `luck` is from 0 to below 1. */
export function layersFor({ allowed }: Pressure, luck: number): number {
  return Math.min(ALL_LAYERS, Math.floor(allowed + luck));
}
