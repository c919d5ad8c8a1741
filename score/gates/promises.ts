import { SURVIVAL } from '../../core/constants.ts';
import type { Promised } from '../../core/profile.ts';
import type { Evidence, Gate } from '../../core/score.ts';
import { isBelow } from '../below.ts';
import type { Measured } from '../measured.ts';
import { isInSpan } from '../span.ts';
import { number, percent } from '../spoken.ts';
import { scoredBins } from '../tally.ts';

/** Fires when a share the profile promises for the storm was missed, on at least 100 samples. */
export function promises(measured: Measured): Gate {
  const name = 'promises';
  const kept = measured.recording.plan.profile.promises.map((promised) => outcomeOf(promised, measured));
  if (kept.length === 0) return { name, status: 'not covered', says: 'the profile makes no promises', evidence: [] };
  if (!measured.phases.storm.whole)
    return { name, status: 'not covered', says: 'the storm was not recorded to its end', evidence: [] };
  const evidence = kept.map(({ says }): Evidence => ({ says, from: 'client' }));
  const told = (status: Outcome['status']) =>
    kept.filter((outcome) => outcome.status === status).map(({ says }) => says);
  const [missed, unknown] = [told('missed'), told('unknown')];
  if (missed.length > 0)
    return { name, status: 'fired', says: `a promise was not kept: ${missed.join('; ')}`, evidence };
  if (unknown.length > 0) return { name, status: 'not covered', says: unknown.join('; '), evidence };
  return { name, status: 'held', says: `promises kept: ${kept.map(({ says }) => says).join('; ')}`, evidence };
}

interface Outcome {
  readonly status: 'kept' | 'missed' | 'unknown';
  readonly says: string;
}

function outcomeOf({ class: name, cohort, atLeast }: Promised, { recording, phases }: Measured): Outcome {
  const bins = scoredBins(recording).filter(
    (bin) => bin.class === name && bin.cohort === cohort && isInSpan(phases.storm, bin.second),
  );
  const offered = bins.reduce((sum, bin) => sum + bin.offered, 0);
  const good = bins.reduce((sum, bin) => sum + bin.good, 0);
  const subject = `${name} of ${cohort} in the storm`;
  if (offered < SURVIVAL.promiseSamples)
    return {
      status: 'unknown',
      says: `${subject}: ${number(offered)} samples, fewer than ${SURVIVAL.promiseSamples}`,
    };
  const share = good / offered;
  const says = `${subject}: ${percent(share)} good of ${number(offered)}, promised ${percent(atLeast)}`;
  return { status: isBelow(share, atLeast) ? 'missed' : 'kept', says };
}
