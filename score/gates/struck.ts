import type { Recording } from '../../core/recording.ts';

/** How long after a kill people may notice that they have lost their seat, in seconds. */
const NOTICED_WITHIN = 5;

/**
 * The cohorts of which everybody lost their seat to a fault that killed the only media server that is declared: they were not
 * beside what broke. Where there are several, whoever is on one of the others is.
 */
export function struck(recording: Recording): ReadonlySet<string> {
  const { plan, target } = recording;
  if (target.killable?.media !== 1) return new Set();
  const kills = killsOfMedia(recording);
  const names = plan.cohorts.map(({ name }) => name);
  return new Set(names.filter((name) => kills.some((second) => everybodyLost(recording, name, second))));
}

function killsOfMedia({ plan, faults }: Recording): number[] {
  return plan.faults.flatMap(({ fault: { does, service } }, index) => {
    if (does.kind !== 'kill' || service !== 'media') return [];
    const made = faults.find((event) => event.fault === index && event.state === 'applied');
    return made ? [Math.floor(made.at / 1_000)] : [];
  });
}

function everybodyLost({ media }: Recording, name: string, from: number): boolean {
  const seconds = media.filter(
    ({ cohort, second }) => cohort === name && second >= from && second <= from + NOTICED_WITHIN,
  );
  const scenarios = new Set(seconds.map(({ scenario }) => scenario));
  return (
    scenarios.size > 0 &&
    [...scenarios].every((scenario) => {
      const own = seconds.filter((one) => one.scenario === scenario);
      const lost = own.reduce((sum, { comings }) => sum + (comings?.lost ?? 0), 0);
      return lost > 0 && lost >= Math.max(...own.map(({ participants }) => participants));
    })
  );
}
