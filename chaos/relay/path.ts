import type { Link } from './link.ts';
import { combined, DIRECTIONS, type Direction, type Shapes, type Stage } from './shape.ts';

/** A named group of flows that are impaired together, such as a region, or the audio of all meetings. */
export interface Path {
  readonly name: string;
  readonly sides: Readonly<Record<Direction, Side>>;
  /** Puts an impairment in place, or changes it; it ends by itself after so many milliseconds. */
  impair(name: string, shapes: Shapes, ttl: number): void;
  /** Gives an impairment its whole time to live again; false when it is not there (any more). */
  renew(name: string): boolean;
  /** Takes an impairment out; false when it is not there (any more). */
  lift(name: string): boolean;
  /** Takes out what has not been renewed in time. */
  expire(now: number): void;
  /** The names of what is in place. */
  impairedBy(): readonly string[];
}

/** One direction of a path. */
export interface Side {
  /** What is done to its datagrams now; undefined when nothing is. */
  stage: Stage | undefined;
  /** Shared by all its clients. */
  readonly link: Link;
  /** How many datagrams it holds back now. */
  waiting: number;
}

interface InPlace {
  readonly shapes: Shapes;
  readonly ttl: number;
  readonly until: number;
}

/** Makes a path that does nothing yet; what waits in a side is let go by `release` when something is taken out of it. */
export function pathOf(name: string, release: (side: Side) => void): Path {
  const inPlace = new Map<string, InPlace>();
  const sides = { upstream: freshSide(), downstream: freshSide() };
  const settle = (gone?: Shapes) => {
    const all = [...inPlace.values()];
    for (const direction of DIRECTIONS) {
      const side = sides[direction];
      side.stage = combined(all.flatMap(({ shapes }) => shapes[direction] ?? []));
      if (!gone?.[direction]) continue;
      side.link.freeAt = 0;
      release(side);
    }
  };
  const lift = (impairment: string) => {
    const found = inPlace.get(impairment);
    inPlace.delete(impairment);
    if (found) settle(found.shapes);
    return found !== undefined;
  };
  return {
    name,
    sides,
    impair(impairment, shapes, ttl) {
      inPlace.set(impairment, { shapes, ttl, until: performance.now() + ttl });
      settle();
    },
    renew(impairment) {
      const found = inPlace.get(impairment);
      if (found) inPlace.set(impairment, { ...found, until: performance.now() + found.ttl });
      return found !== undefined;
    },
    lift,
    expire(now) {
      for (const [impairment, { until }] of inPlace) if (until <= now) lift(impairment);
    },
    impairedBy: () => [...inPlace.keys()],
  };
}

function freshSide(): Side {
  return { stage: undefined, link: { freeAt: 0 }, waiting: 0 };
}
