import { placeOf, replaced } from './sdp.ts';

/** Gives where we have to send to instead of to an address of the target's, and where that sees us; until it is let go. */
export type Detour = (
  upstream: Place,
  own: Place,
) => Promise<{ readonly listen: Place; readonly from: Place; release(): void }>;

interface Place {
  readonly host: string;
  readonly port: number;
}

/** Where a connection is told to go instead of to the target's own candidates. */
export interface Places {
  /** The candidate that leads there by the detour, and the one that leads from there to us, whom `own` is the candidate of. */
  of(candidate: string, own: string): Promise<{ readonly there: string; readonly back: string }>;
  /** Whether a candidate that was told is at an address. */
  has(address: string, port: number): boolean;
  close(): void;
}

/** The places that one connection goes to by a detour. */
export function placesBy(detour: Detour): Places {
  const told = new Set<string>();
  const releases: (() => void)[] = [];
  let closed = false;
  return {
    async of(candidate, own) {
      const { listen, from, release } = await detour(at(candidate), at(own));
      if (closed) release();
      else releases.push(release);
      told.add(`${listen.host} ${listen.port}`);
      return { there: replaced(candidate, listen), back: replaced(own, from) };
    },
    has: (address, port) => told.has(`${address} ${port}`),
    close() {
      closed = true;
      for (const release of releases.splice(0)) release();
    },
  };
}

function at(candidate: string): Place {
  const place = placeOf(candidate);
  if (!place) throw new Error('a candidate without a place');
  return { host: place.address, port: place.port };
}
