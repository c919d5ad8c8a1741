import { SURVIVAL } from '../../core/constants.ts';
import type { Evidence, Gate } from '../../core/score.ts';
import { isBelow } from '../below.ts';
import { bystanderMeans } from '../components/isolate.ts';
import type { Measured } from '../measured.ts';
import { percent } from '../spoken.ts';

/** Fires when a cohort nobody targeted kept less than 90 % of its quality through the storm. */
export function bystanders({ traces, phases }: Measured): Gate {
  const name = 'bystanders';
  const means = bystanderMeans(traces);
  if (means.length === 0) return { name, status: 'not covered', says: 'the plan has no bystanders', evidence: [] };
  if (!phases.storm.whole)
    return { name, status: 'not covered', says: 'the storm was not recorded to its end', evidence: [] };
  const evidence = means.map(
    ({ name: cohort, quality }): Evidence => ({
      says:
        quality === undefined ? `${cohort}: no data` : `${cohort} kept ${percent(quality)} of its quality in the storm`,
      from: 'client',
    }),
  );
  const hurt = means.filter(({ quality }) => quality !== undefined && isBelow(quality, SURVIVAL.bystanderFloor));
  const limit = percent(SURVIVAL.bystanderFloor);
  if (hurt.length > 0) {
    const named = hurt.map(({ name: cohort, quality }) => `${cohort} (${percent(quality ?? 0)})`).join(', ');
    return {
      name,
      status: 'fired',
      says: `people nobody targeted kept less than ${limit} of their quality: ${named}`,
      evidence,
    };
  }
  if (means.some(({ quality }) => quality === undefined))
    return { name, status: 'not covered', says: 'not all bystanders have data', evidence };
  return { name, status: 'held', says: `all bystanders kept at least ${limit} of their quality`, evidence };
}
