import { type Egress, type Hand, openEgress } from './egress.ts';
import { Guests } from './guests.ts';
import { noPressure, type Pressure } from './pressure.ts';
import { Seats } from './seats.ts';
import type { MediaSettings } from './settings.ts';
import { freshTally, type Tally } from './tally.ts';
import { emptyTrunk, type Trunk } from './trunk.ts';
import { untoldWay, type Way } from './way.ts';

/** A media server without its socket: what is known of everybody, and what goes out to them. */
export interface Plane {
  readonly settings: MediaSettings;
  readonly seats: Seats;
  /** Who sits in other regions. */
  readonly guests: Guests;
  readonly trunk: Trunk;
  readonly egress: Egress;
  readonly pressure: Pressure;
  readonly tally: Tally;
  readonly way: Way;
}

/** A plane with nobody on it; what it forwards is handed over to be sent. */
export function emptyPlane(settings: MediaSettings, hand: Hand): Plane {
  const tally = freshTally();
  return {
    settings,
    seats: new Seats(settings.audioFirst),
    guests: new Guests(),
    trunk: emptyTrunk(settings),
    egress: openEgress(settings, tally, hand),
    pressure: noPressure(performance.now()),
    tally,
    way: untoldWay(),
  };
}
