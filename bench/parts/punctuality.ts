import { Arrivals } from '../../generators/arrivals.ts';
import type { Bench } from '../bench.ts';
import { constantSchedule, type Lateness, lateness, latenessAtLeast } from '../lateness.ts';
import { curveOf, RAMP } from '../ours/plan.ts';
import { OURS, readAccount } from '../peers/ours.ts';
import type { Peer } from '../peers/peer.ts';
import type { Recorder } from '../server/server.ts';
import { tried } from '../trial.ts';

/** As for the cost of a request. */
const AT_ONCE = 256;

/** How punctual one client was in one trial, as the server saw it; its first second is left out. */
export interface Punctuality {
  /** Held against its promptest arrival; undefined when arrivals are missing. */
  readonly relative: Lateness | undefined;
  /** Held against the clock its schedule was planned on; ours alone tells when it began. */
  readonly absolute: Lateness | undefined;
  /** Arrivals its schedule held, and those that came. */
  readonly due: number;
  readonly came: number;
}

/** Lets a client keep a schedule against a server that notes when each request came. */
export async function punctuality(
  peer: Peer,
  rate: number,
  seconds: number,
  recorder: Recorder,
  bench: Bench,
): Promise<Punctuality> {
  await recorder.takeArrivals();
  const { stdout } = await tried(peer, { rate, seconds, atOnce: AT_ONCE }, recorder, bench, async () => {});
  const arrivals = await recorder.takeArrivals();
  const due = peer.name === OURS ? ourSchedule(rate, seconds) : constantSchedule(rate, seconds);
  const counts = { due: due.length, came: arrivals.length };
  const relative = latenessAtLeast(arrivals, due, RAMP);
  if (peer.name !== OURS) return { relative, absolute: undefined, ...counts };
  const { began } = readAccount(stdout);
  return {
    relative,
    absolute: lateness(
      arrivals.map((moment) => moment - began),
      due,
      RAMP,
    ),
    ...counts,
  };
}

function ourSchedule(rate: number, seconds: number): Float64Array {
  const arrivals = new Arrivals(curveOf(rate, seconds));
  const due: number[] = [];
  for (let next = arrivals.takeDue(Infinity); next; next = arrivals.takeDue(Infinity)) due.push(next.due);
  return Float64Array.from(due);
}
