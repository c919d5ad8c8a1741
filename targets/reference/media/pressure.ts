import type { Egress } from './egress.ts';
import { ALL_LAYERS } from './view.ts';

/** How much a media server has to do, and how many layers of a picture that leaves room for. */
export interface Pressure {
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
}

const FULL = 0.92;
const ROOMY = 0.6;
/** In milliseconds. */
const LATE = 200;
const LEAST_PATIENCE = 2_000;
const MOST_PATIENCE = 30_000;
/** Within so many milliseconds after more was tried it shows whether it was too much. */
const SHOWN_WITHIN = 3_000;

/** No pressure. */
export function noPressure(now: number): Pressure {
  return {
    ...{ allowed: ALL_LAYERS, used: 0, bytesBefore: 0, dropsBefore: 0 },
    ...{ lookedAt: now, roomSince: now, raisedAt: Number.NEGATIVE_INFINITY, patience: LEAST_PATIENCE },
  };
}

/**
 * Looks at the link again: a layer less when it is full, or when the event loop is so late that there is no time to forward
 * what comes; one more when there has been room for long enough. Where video is not adapted all layers stay.
 */
export function look(pressure: Pressure, { tally, settings }: Egress, late: number, now: number): void {
  const elapsed = (now - pressure.lookedAt) / 1_000;
  if (elapsed <= 0) return;
  const drops = tally.drops.queue - pressure.dropsBefore;
  pressure.used = (tally.egressBytes - pressure.bytesBefore) / (elapsed * settings.egressBytesPerSecond);
  pressure.bytesBefore = tally.egressBytes;
  pressure.dropsBefore = tally.drops.queue;
  pressure.lookedAt = now;
  if (!settings.adaptsVideo) return;
  const isFull = pressure.used > FULL || drops > 0 || late > LATE;
  if (pressure.used > ROOMY || isFull) pressure.roomSince = now;
  if (isFull && pressure.allowed > 0) {
    pressure.allowed -= 1;
    const wasTooMuch = now - pressure.raisedAt < SHOWN_WITHIN;
    pressure.patience = wasTooMuch ? Math.min(MOST_PATIENCE, 2 * pressure.patience) : LEAST_PATIENCE;
  } else if (pressure.allowed < ALL_LAYERS && now - pressure.roomSince > pressure.patience) {
    pressure.allowed += 1;
    pressure.raisedAt = now;
    pressure.roomSince = now;
  }
}
