import { faults } from '../../chaos/faults.ts';
import type { Placed } from '../../chaos/placing.ts';
import { monotonic } from '../../core/clock.ts';
import type { FaultEvent, RunEvent } from '../../core/event.ts';
import { plan } from '../../core/planning/plan.ts';
import { run } from '../../core/run.ts';
import { loginStorm } from '../../profiles/login-storm.ts';
import { nobody } from './nobody.ts';

/** A run of faults alone. */
export interface FaultRun {
  readonly events: readonly FaultEvent[];
  /** Rejects with what ended the run early. */
  readonly ended: Promise<void>;
}

/** Runs faults without any load; `hear` is told each event, and may throw as a bug does. */
export function runOf(
  placed: readonly Placed[],
  stop = new AbortController().signal,
  hear: (event: FaultEvent) => void = () => undefined,
): FaultRun {
  const events: FaultEvent[] = [];
  const record = (event: RunEvent) => {
    if (event.kind !== 'fault') return;
    events.push(event);
    hear(event);
  };
  const own = { plan: plan(loginStorm), target: nobody, following: [], record, stop, began: monotonic() };
  const ended = run({ ...own, leading: [faults(placed)] });
  ended.catch(() => undefined);
  return { events, ended };
}

/** What became of one fault, in order: `applied`, `proven`, `lifted`. */
export function statesOf({ events }: FaultRun, fault = 0): readonly FaultEvent['state'][] {
  return events.filter((event) => event.fault === fault).map(({ state }) => state);
}
