import type { Address } from './address.ts';
import { emptyLane, type Lane } from './lane.ts';

/** One of the ways to another media server, and how long it takes at present. */
export interface Route {
  /** `us-eu-1` */
  readonly name: string;
  readonly address: Address;
  readonly lane: Lane;
  /** When it was last asked how long it takes, and what was asked and not answered yet: when, by number. */
  askedAt: number;
  readonly unanswered: Map<number, number>;
  /** Half of what there and back took, smoothed; undefined before the first answer. Milliseconds. */
  measured: number | undefined;
}

/** How often a route is measured, in milliseconds. */
export const ASK_EVERY = 250;
/** What was not answered for so long is lost, in milliseconds. */
const LOST = 3_000;
/** The weight of a new measurement. */
const WEIGHT = 0.5;

/** A route that nothing is known of yet. */
export function newRoute(name: string, address: Address, audioFirst: boolean): Route {
  const lane = { ...emptyLane(audioFirst), address };
  return { name, address, lane, askedAt: 0, unanswered: new Map(), measured: undefined };
}

/** Notes that a route was asked. */
export function asked(route: Route, number: number, now: number): void {
  route.askedAt = now;
  route.unanswered.set(number, now);
}

/** Takes an answer into account; what was asked before it will not be answered any more. */
export function answered(route: Route, number: number, now: number): void {
  const at = route.unanswered.get(number);
  if (at === undefined) return;
  const half = (now - at) / 2;
  route.measured = route.measured === undefined ? half : route.measured + WEIGHT * (half - route.measured);
  for (const earlier of route.unanswered.keys()) if (earlier <= number) route.unanswered.delete(earlier);
}

/** How long a route takes one way, in milliseconds: at least half of what an answer has been waited for. */
export function delayOf({ measured = 0, unanswered }: Route, now: number): number {
  const [oldest = now] = unanswered.values();
  return Math.max(measured, Math.min(LOST, now - oldest) / 2);
}
