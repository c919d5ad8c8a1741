import type { Recording } from '../../core/recording.ts';
import type { Evidence } from '../../core/score.ts';

/** A process was seen to have ended, at some moment between two of them, in milliseconds. */
export interface Sighting {
  readonly process: string;
  readonly from: number;
  readonly to: number;
  readonly evidence: Evidence;
}

/** How long after a kill its process may be noticed to be gone, in milliseconds: a scrape and a slow machine. */
const NOTICED_WITHIN = 5_000;

/**
 * Which ends are what the run itself did: that of a process a fault killed, when it was killed, and once for each kill.
 * Where nothing the target tells of has the name of the part that was killed, whatever ended at that moment is taken for it.
 */
export function targeted(sightings: readonly Sighting[], recording: Recording): ReadonlySet<Sighting> {
  const names = new Set([...sightings.map(({ process }) => process), ...recording.scrapes.map(({ source }) => source)]);
  const kills = killsIn(recording).map((kill) => ({
    ...kill,
    part: names.has(kill.part ?? '') ? kill.part : undefined,
  }));
  const meant = new Set<Sighting>();
  for (const { part, from, to } of kills) {
    const taken = new Set<string>();
    for (const sighting of sightings.toSorted((a, b) => a.to - b.to)) {
      // Whoever started it and whoever scrapes it see the same end.
      const seen = `${sighting.evidence.from}/${sighting.process}`;
      const fits = (part ?? sighting.process) === sighting.process && sighting.from <= to && sighting.to >= from;
      if (!fits || taken.has(seen) || meant.has(sighting)) continue;
      taken.add(seen);
      meant.add(sighting);
    }
  }
  return meant;
}

interface Kill {
  readonly part: string | undefined;
  readonly from: number;
  readonly to: number;
}

function killsIn({ plan, faults }: Recording): Kill[] {
  return plan.faults.flatMap(({ fault, from }, index): Kill[] => {
    if (fault.does.kind !== 'kill') return [];
    const made = faults.find((event) => event.fault === index && event.state !== 'not injected');
    return made ? [{ part: fault.part, from, to: made.at + NOTICED_WITHIN }] : [];
  });
}
