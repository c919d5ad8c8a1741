/** What came of one step. `unfit`: the generator could not make it, so it says nothing of the target. */
export type Outcome = 'held' | 'broke' | 'unfit';

/** A step that was made. */
export interface Step {
  readonly rate: number;
  readonly outcome: Outcome;
}

export interface SearchTerms {
  /** Arrivals per second of the first step, and at most. */
  readonly from: number;
  readonly most: number;
  /** How far apart the highest step that held and the lowest that broke may be in the end, as a ratio. */
  readonly closeness: number;
  /** How many steps at most, the confirmation included. */
  readonly steps: number;
}

/** What a search has found. */
export interface Found<S extends Step> {
  /** The highest step that held, twice. */
  readonly held: S | undefined;
  /** The lowest step that broke above it. */
  readonly broke: S | undefined;
  /** A step that the generator could not make: nothing is told beyond what held. */
  readonly unfit: S | undefined;
  readonly steps: readonly S[];
}

/**
 * Looks for the highest rate that holds: doubles it until it breaks, then halves what is left between (of ratios), and makes
 * the highest that held once more, as luck does not strike twice. A step that the generator could not make is made once
 * again; then the search ends there.
 */
export async function search<S extends Step>(
  terms: SearchTerms,
  attempt: (rate: number) => Promise<S>,
): Promise<Found<S>> {
  const steps: S[] = [];
  const made = async (rate: number): Promise<S> => {
    const step = await attempt(rate);
    steps.push(step);
    return step;
  };
  let unfit: S | undefined;
  for (let rate = nextRate(steps, terms); rate !== undefined && steps.length < terms.steps - 1; ) {
    const again = steps.at(-1)?.outcome === 'unfit';
    const step = await made(rate);
    if (step.outcome === 'unfit' && again) unfit = step;
    if (unfit) break;
    rate = step.outcome === 'unfit' ? rate : nextRate(steps, terms);
  }
  const candidate = highestHeld(steps);
  if (candidate) await made(candidate.rate);
  const held = highestHeld(steps);
  return { held, broke: lowestBroken(steps, held?.rate ?? 0), unfit, steps };
}

/** The rate to try next; undefined when there is nothing more to find out. */
export function nextRate(steps: readonly Step[], { from, most, closeness }: SearchTerms): number | undefined {
  const held = highestHeld(steps)?.rate;
  const broke = lowestBroken(steps, held ?? 0)?.rate;
  if (held === undefined && broke === undefined) return Math.min(from, most);
  if (broke === undefined) return held === undefined || held >= most ? undefined : tidy(Math.min(most, held * 2));
  if (held === undefined) return broke / 2 < LEAST_RATE ? undefined : tidy(broke / 2);
  return broke / held <= closeness ? undefined : tidy(Math.sqrt(held * broke));
}

/** Below one arrival a second nothing is shown in a short step. */
const LEAST_RATE = 1;

/** The highest rate that held every time it was tried, and below which nothing broke. */
function highestHeld<S extends Step>(steps: readonly S[]): S | undefined {
  const broken = Math.min(...steps.filter(({ outcome }) => outcome === 'broke').map(({ rate }) => rate));
  return steps
    .filter(({ outcome, rate }) => outcome === 'held' && rate < broken)
    .toSorted((a, b) => b.rate - a.rate)[0];
}

function lowestBroken<S extends Step>(steps: readonly S[], above: number): S | undefined {
  return steps
    .filter(({ outcome, rate }) => outcome === 'broke' && rate > above)
    .toSorted((a, b) => a.rate - b.rate)[0];
}

/** A rate that a person would write: 47.3 is 47, 4.73 is 4.7. */
function tidy(rate: number): number {
  return rate >= 10 ? Math.round(rate) : Math.round(rate * 10) / 10;
}
