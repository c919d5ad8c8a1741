import { unlessAborted } from '../core/deferred.ts';
import type { FaultEvent } from '../core/event.ts';
import type { Actor, Run } from '../core/run.ts';
import type { Placement } from './placement.ts';
import type { Placed } from './placing.ts';

/** How long before its time a fault's place is looked at, and how long before its end once more; milliseconds. */
const EARLIER = 2_000;
const RENEWAL = 1_000;

/**
 * Puts the planned faults in place when they are due, shows by measurements through their paths that they bite and that
 * they are gone afterwards, and takes them out in every way a run can end. What cannot be taken out stays in the intent
 * log, and the run says so.
 */
export function faults(all: readonly Placed[]): Actor {
  return async (run) => {
    const places = all.flatMap((one) => (one.kind === 'placed' ? one.places : []));
    const renewal = setInterval(() => void Promise.allSettled(places.map((place) => place.renew())), RENEWAL);
    const failed = new AbortController();
    const stoppable = { ...run, until: (ms: number) => unlessAborted(failed.signal, run.until(ms)) };
    const lifetimes = all.map((one, index) => lifetime(stoppable, one, index));
    // The first that breaks ends all of them, and nothing is let go of before the last is out.
    for (const one of lifetimes) one.catch((bug: unknown) => failed.abort(bug));
    try {
      await Promise.allSettled(lifetimes);
      await Promise.all(lifetimes);
    } finally {
      clearInterval(renewal);
      await Promise.all(places.map((place) => place.close()));
    }
  };
}

type Tell = (state: FaultEvent['state'], says: string) => void;

async function lifetime(run: Run, one: Placed, index: number): Promise<void> {
  const tell: Tell = (state, says) => run.record({ kind: 'fault', at: run.now(), fault: index, state, says });
  if (one.kind === 'unplaced') return tell('not injected', one.why);
  const { planned, places } = one;
  try {
    await run.until(planned.from - EARLIER);
    await Promise.all(places.map((place) => place.lookBefore()));
    await run.until(planned.from);
    if (!(await injected(places, tell))) return;
    const proven = await shown(places, tell);
    await run.until(Math.max(run.now(), planned.to - EARLIER));
    // Whoever else takes it out before its time would leave the storm without it.
    if (proven) await stillThere(places, tell);
    await run.until(planned.to);
  } finally {
    await lifted(places, tell);
  }
}

async function injected(places: readonly Placement[], tell: Tell): Promise<boolean> {
  // All are waited for: what is still being injected cannot be taken out.
  const outcomes = await Promise.allSettled(places.map((place) => place.inject()));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (!failed) {
    tell('applied', 'in place');
    return true;
  }
  const why = failed.reason instanceof Error ? failed.reason.message : String(failed.reason);
  tell(places.some((place) => place.isIn) ? 'not proven' : 'not injected', `could not be put in place: ${why}`);
  return false;
}

async function shown(places: readonly Placement[], tell: Tell): Promise<boolean> {
  const findings = await Promise.all(places.map((place) => place.proof()));
  const holds = findings.every((finding) => finding.holds);
  tell(holds ? 'proven' : 'not proven', findings.map(({ says }) => says).join('; '));
  return holds;
}

async function stillThere(places: readonly Placement[], tell: Tell): Promise<void> {
  const findings = await Promise.all(places.map((place) => place.stays()));
  const gone = findings.filter(({ holds }) => !holds);
  if (gone.length > 0) tell('not proven', `gone before its time: ${gone.map(({ says }) => says).join('; ')}`);
}

async function lifted(places: readonly Placement[], tell: Tell): Promise<void> {
  const inPlace = places.filter((place) => place.isIn);
  if (inPlace.length === 0) return;
  const findings = await Promise.all(inPlace.map((place) => place.lift()));
  const stayed = findings.filter(({ holds }) => !holds);
  if (stayed.length > 0) tell('not lifted', stayed.map(({ says }) => says).join('; '));
  else tell('lifted', findings.map(({ says }) => says).join('; '));
}
