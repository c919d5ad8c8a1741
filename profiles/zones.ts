import type { Scenario } from '../core/profile.ts';

/** The waves in which the time zones of the US come, from east to west: so many people a second; times in seconds. */
export function zones(rate: number, { every, lasting }: Readonly<Record<'every' | 'lasting', number>>): readonly Scenario[] {
  return ['eastern', 'central', 'mountain', 'pacific'].map((name, index) => ({
    ...{ name, journey: 'arrive', cohort: name, role: 'storm', executor: 'constant-arrival-rate', rate },
    wave: { after: `${index * every}s`, lasting: `${lasting}s` },
  }));
}
