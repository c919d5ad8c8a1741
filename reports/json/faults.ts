import type { Recording } from '../../core/recording.ts';
import type { JsonFault } from './report.ts';

/** What was broken on purpose, and what came of it. */
export function faultsOf({ plan, faults }: Recording): JsonFault[] {
  return plan.faults.map(({ fault, from, to }, place) => ({
    service: fault.service,
    type: fault.does.kind,
    fromSeconds: from / 1_000,
    toSeconds: to / 1_000,
    history: faults
      .filter((event) => event.fault === place)
      .map(({ at, state, says }) => ({ atSeconds: at / 1_000, state, says })),
  }));
}
