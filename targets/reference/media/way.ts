/** What participants tell, by their receiver reports, of the way from here to them. */
export interface Way {
  /** Of all reports since it was last looked at. */
  shares: number;
  reports: number;
  trips: number;
  answers: number;
  /** The mean round trips of the last looks, newest last, in milliseconds. */
  before: readonly number[];
}

/** How it has been since the last look. */
export interface WayState {
  /** The share of packets that did not arrive, 0..1. */
  readonly loss: number;
  /** By how much there and back takes longer than it did at best, in milliseconds. */
  readonly rise: number;
}

/** How many looks back the best round trip may be: a way that has become longer for good is no queue. */
const LOOKS = 20;

/** A way that nobody has told anything of. */
export function untoldWay(): Way {
  return { shares: 0, reports: 0, trips: 0, answers: 0, before: [] };
}

/** Takes into account what one report tells; a round trip where it says to what it answers. */
export function hearOfWay(way: Way, share: number, roundTrip: number | undefined): void {
  way.shares += share;
  way.reports += 1;
  if (roundTrip === undefined) return;
  way.trips += roundTrip;
  way.answers += 1;
}

/** How the way is now, and begins the next interval. */
export function takeWay(way: Way): WayState {
  const loss = way.reports > 0 ? way.shares / way.reports : 0;
  const trip = way.answers > 0 ? way.trips / way.answers : undefined;
  const rise = trip === undefined || way.before.length === 0 ? 0 : trip - Math.min(...way.before);
  if (trip !== undefined) way.before = [...way.before, trip].slice(-LOOKS);
  Object.assign(way, { shares: 0, reports: 0, trips: 0, answers: 0 });
  return { loss, rise: Math.max(0, rise) };
}
