import type { FaultEvent } from '../core/event.ts';
import { faultName } from '../core/fault.ts';
import type { Recording } from '../core/recording.ts';

/** A planned fault and what became of it. */
export interface FaultStory {
  /** `latency at auth`. */
  readonly name: string;
  readonly events: readonly FaultEvent[];
  readonly attempted: boolean;
  readonly proven: boolean;
  /** It was put in, or may have been, and nobody saw it go. */
  readonly stayed: boolean;
}

/** The planned faults in order, each with what was recorded of it. */
export function faultStories({ plan, faults }: Recording): FaultStory[] {
  return plan.faults.map((planned, index) => {
    const events = faults.filter(({ fault }) => fault === index).toSorted((a, b) => a.at - b.at);
    const had = (state: FaultEvent['state']) => events.some((event) => event.state === state);
    return {
      name: faultName(planned.fault),
      events,
      attempted: had('applied') || had('proven') || had('not proven'),
      // The last word counts: a fault that was gone before its time has not been there for all of it.
      proven: events.findLast(({ state }) => state === 'proven' || state === 'not proven')?.state === 'proven',
      stayed: had('not lifted') && !had('lifted'),
    };
  });
}
