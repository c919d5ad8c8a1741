import { spoken } from '../../core/duration.ts';
import type { RunEvent } from '../../core/event.ts';

/** The line that says that a condition of the target's owner has ended the run; undefined for any other event. */
export function haltedLine(event: RunEvent): string | undefined {
  if (event.kind !== 'closed' || event.reason !== 'halted') return undefined;
  return `${spoken(event.at)}: HALTED: ${event.says ?? 'a condition held'}`;
}
