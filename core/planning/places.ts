import { peakRate } from '../curve.ts';
import type { Mistake } from '../mistake.ts';
import type { Plan, PlannedScenario } from '../plan.ts';
import { mostIn } from './meetings.ts';

/**
 * How long a visit has its place, in milliseconds: a page is opened, loaded, filled in and read, which took 1.7 s on a small
 * machine. Nobody waits for a place, so that there have to be some more.
 */
const VISIT = 3_000;

/** Nobody can be asked to type more digits. */
const LEAST_SCALE = 1e-4;

/** How many places a load takes at once where everything is answered at once: all who are in meetings, and who come by. */
export function placesFor(scenarios: readonly PlannedScenario[]): number {
  const staying = scenarios.reduce((sum, { meetings }) => sum + (meetings ? mostIn(meetings) : 0), 0);
  const looping = scenarios.reduce((sum, { model, maxVUs }) => sum + (model === 'closed' ? maxVUs : 0), 0);
  const visiting = scenarios.filter(({ model, meetings }) => model === 'open' && !meetings);
  return staying + looping + (peakRate(visiting.map(({ curve }) => curve)) * VISIT) / 1_000;
}

/**
 * What keeps a load from being made where people need one of a few places: those who find none would be dropped, and the run
 * invalid at its end. The load is not made smaller unasked.
 */
export function* mistakesOfPlaces(
  { scale, profile, pace, scenarios }: Plan,
  places: number,
  scenariosAt: (scale: number) => readonly PlannedScenario[],
): Generator<Mistake> {
  const needed = placesFor(scenarios);
  if (needed <= places) return;
  const fits = fitting(scale, places, scenariosAt);
  const natural = pace === 'quick' ? '--pace natural ' : '';
  const smaller = fits === undefined ? [] : [`ask for ${natural}--scale ${fits}`];
  const mends = [...smaller, 'declare more pages', 'put a few browsers among the people of a target of another kind'];
  yield {
    where: 'pages',
    what: `${profile.name} at scale ${Number(scale.toFixed(4))} needs ${Math.ceil(needed)} people in browsers at once, and there are ${places} pages`,
    mend: mends.join(', or '),
  };
}

/** The largest scale, as it is written, at which there are places enough; undefined where there is none. */
function fitting(
  scale: number,
  places: number,
  scenariosAt: (scale: number) => readonly PlannedScenario[],
): number | undefined {
  for (let size = scale; size >= LEAST_SCALE; size *= 0.9) {
    const needed = placesFor(scenariosAt(size));
    // Rates shrink like the scale; meetings do not shrink below two people each.
    const written = Math.floor(Math.min(size, (size * places) / needed) * 1e4) / 1e4;
    if (written >= LEAST_SCALE && placesFor(scenariosAt(written)) <= places) return written;
  }
  return undefined;
}
