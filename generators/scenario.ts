import type { Curve } from '../core/curve.ts';
import { JOURNEYS } from '../core/journey.ts';
import type { PlannedScenario } from '../core/plan.ts';
import { type Arrival, Arrivals, type Share } from './arrivals.ts';
import { Exhausted } from './exhausted.ts';
import type { Guise } from './guise.ts';
import { journeys } from './journeys/index.ts';
import { StepFailed } from './step-failed.ts';
import type { Surroundings } from './surroundings.ts';
import { Visitor } from './visitor.ts';

/** A scenario under way on one worker. */
export interface RunningScenario {
  readonly name: string;
  /** Virtual users at work now. */
  readonly busy: number;
  /** Does what has become due, or the first of it; false when there is more. */
  tick(now: number): boolean;
  /** Appends load after what is planned so far. */
  prolong(curve: Curve): void;
}

export interface ScenarioOptions {
  readonly scenario: PlannedScenario;
  readonly share: Share;
  readonly around: Surroundings;
  readonly guiseOf: (scenario: PlannedScenario, arrival: Arrival) => Guise;
  /** Called with what is neither the target's failure nor the generator's limit: our own bug, or an adapter's. */
  readonly fail: (bug: unknown) => void;
  /** Called when the generator's machine had nothing more to give somebody. */
  readonly exhausted: (why: Exhausted) => void;
}

/**
 * Arrivals that start before the answers of those before them are read: a generator that has fallen behind and started
 * all at once would open a connection for each, fall behind by that, and never catch up.
 */
const AT_ONCE = 16;

/** Open model: everybody starts when they are due, whatever the target does; beyond maxVUs they are dropped. */
export function openScenario(options: ScenarioOptions): RunningScenario {
  const { scenario, share, around } = options;
  const arrivals = new Arrivals(scenario.curve, share);
  const most = Math.ceil(scenario.maxVUs / share.count);
  const [counted] = JOURNEYS[scenario.journey].classes;
  let busy = 0;
  const arrive = (arrival: Arrival) => {
    const { due } = arrival;
    if (busy >= most) {
      around.book.arrived(undefined);
      around.book.dropped({
        second: Math.floor(due / 1_000),
        scenario: scenario.name,
        class: counted,
        cohort: scenario.cohort,
      });
      return;
    }
    busy += 1;
    around.book.arrived(around.now() - due);
    void visit(options, arrival).finally(() => {
      busy -= 1;
    });
  };
  return {
    name: scenario.name,
    get busy() {
      return busy;
    },
    tick(now) {
      for (let started = 0; started < AT_ONCE; started += 1) {
        const arrival = arrivals.takeDue(now);
        if (!arrival) return true;
        arrive(arrival);
      }
      return false;
    },
    prolong: (curve) => arrivals.prolong(curve),
  };
}

/** Lets one arrival walk its journey; never rejects. */
export async function visit(options: ScenarioOptions, arrival: Arrival): Promise<void> {
  const { scenario, around, guiseOf, fail, exhausted } = options;
  let guise: Guise | undefined;
  try {
    guise = guiseOf(scenario, arrival);
    await journeys[scenario.journey].walk(new Visitor(guise, scenario, arrival, around));
  } catch (thrown) {
    if (thrown instanceof Exhausted) exhausted(thrown);
    else if (!(thrown instanceof StepFailed || around.signal.aborted)) fail(thrown);
  } finally {
    guise?.client.goodbye?.();
  }
}
