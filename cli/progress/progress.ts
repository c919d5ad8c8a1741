import type { RunEvent } from '../../core/event.ts';
import type { Plan } from '../../core/plan.ts';

/** Shows a run while it goes on. */
export interface Progress {
  show(event: RunEvent): void;
  /** Takes itself off the screen. */
  end(): void;
}

/** The cohorts the storm is about. */
export function primaryOf({ cohorts }: Plan): string[] {
  return cohorts.filter(({ role }) => role === 'primary').map(({ name }) => name);
}
