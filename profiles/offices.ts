import type { Scenario } from '../core/profile.ts';

/**
 * Offices that open meetings by the same clock, so many times a second and one each: whatever a machine's speed, as many
 * people as there are offices come in the same moment. They are of different sizes, so that it is never the same hosts.
 */
export function offices(count: number, timesASecond: number): readonly Scenario[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ name: `office-${index + 1}`, journey: 'create', cohort: 'hosts', role: 'storm', executor: 'constant-arrival-rate' },
    ...{ rate: timesASecond, signedIn: 8 + index },
  }));
}
