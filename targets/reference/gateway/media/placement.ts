import type { Busyness } from '../../media/order.ts';
import type { MediaSettings } from '../../media/settings.ts';

/** A media server as a meeting's place is chosen by it. */
export interface Place {
  readonly isOpen: boolean;
  /** Seats that are kept there. */
  readonly seats: number;
  readonly busyness: Busyness;
}

type Terms = Pick<MediaSettings, 'placement' | 'seatsPerServer'>;

/** A link of which more is used is full once no picture is forwarded any more. */
const FULL = 0.95;
/** A server whose event loop is later than this has no time for anybody more, in milliseconds. */
const LATE = 250;
/** What comes to one that waits for so long is nearly too late for those who are there already, in milliseconds. */
const WAITS = 120;

/** What every process is late by at times, in milliseconds, and what nobody hears: it says nothing of what there is to do. */
const UNNOTICED = 80;
/** The use of a link of which this is not yet said, where many are seated at once: up to here, seats alone tell. */
const LIGHT = 0.25;

/** Whether a media server takes another participant. */
export function hasRoom({ seats, busyness: { used, layers, late, waits } }: Place, terms: Terms): boolean {
  if (terms.placement === 'in-turn') return seats < terms.seatsPerServer;
  return seats < terms.seatsPerServer && late <= LATE && waits <= WAITS && (used < FULL || layers > 0);
}

/**
 * Which media server a meeting goes to: the next one in turn, or that with the least to do. `no-media` when none is there,
 * `full` when none has room.
 */
export function placeFor(places: readonly Place[], terms: Terms, turn: number): number | 'full' | 'no-media' {
  const open = places.flatMap((place, index) => (place.isOpen ? [{ place, index }] : []));
  if (open.length === 0) return 'no-media';
  if (terms.placement === 'in-turn') return open[turn % open.length]?.index ?? 'no-media';
  const [best] = open
    .filter(({ place }) => hasRoom(place, terms))
    .toSorted((a, b) => work(a.place, terms) - work(b.place, terms));
  return best?.index ?? 'full';
}

function work({ seats, busyness: { used, late } }: Place, { seatsPerServer }: Terms): number {
  return seats / seatsPerServer + Math.max(0, used - LIGHT) + Math.max(0, late - UNNOTICED) / LATE;
}

/** Whether a meeting on a slow media server is better off on another one: that has to be much less late. */
export function isRefuge(other: Place, slow: Place, terms: Terms): boolean {
  return other !== slow && other.isOpen && hasRoom(other, terms) && other.busyness.late < slow.busyness.late / 3;
}
