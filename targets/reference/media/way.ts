/** What participants tell, by their receiver reports, of the way from here to them. */
export interface Way {
  /** What each of them told last, by their key. */
  readonly told: Map<string, Told>;
  /** The round trips of the last looks, newest last, in milliseconds. */
  before: readonly number[];
}

/** One participant's report: the share that did not arrive, a round trip where it says to what it answers, and when it came. */
interface Told {
  readonly share: number;
  readonly roundTrip: number | undefined;
  readonly at: number;
}

/** How it is for most of them. */
export interface WayState {
  /** The share of packets that did not arrive, 0..1. */
  readonly loss: number;
  /** By how much there and back takes longer than it did at best, in milliseconds. */
  readonly rise: number;
}

/** How many looks back the best round trip may be: a way that has become longer for good is no queue. */
const LOOKS = 20;
/** What was told longer ago says nothing of now, in milliseconds: everybody reports once a second. */
const FRESH = 700;
/** What one participant alone tells is about their own path. */
const LEAST = 2;

/** A way that nobody has told anything of. */
export function untoldWay(): Way {
  return { told: new Map(), before: [] };
}

/** How the way is now. */
export function takeWay(way: Way, now: number): WayState {
  for (const [key, { at }] of way.told) if (now - at > FRESH) way.told.delete(key);
  const fresh = [...way.told.values()];
  if (fresh.length < LEAST) return { loss: 0, rise: 0 };
  const trip = middle(fresh.flatMap(({ roundTrip }) => roundTrip ?? []));
  const rise = trip === undefined || way.before.length === 0 ? 0 : trip - Math.min(...way.before);
  if (trip !== undefined) way.before = [...way.before, trip].slice(-LOOKS);
  return { loss: middle(fresh.map(({ share }) => share)) ?? 0, rise: Math.max(0, rise) };
}

/** The median, the lower one of two: it takes more than half of them. */
function middle(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}
