import { SURVIVAL } from '../../core/constants.ts';
import type { OperationClass, Promised, PromisedShare } from '../../core/profile.ts';
import type { Evidence, Gate } from '../../core/score.ts';
import { isBelow } from '../below.ts';
import type { Measured } from '../measured.ts';
import { mediaShareOf } from '../media-share.ts';
import { number, percent } from '../spoken.ts';
import { countIn } from '../tally.ts';

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

function outcomeOf(promised: Promised, measured: Measured): Outcome {
  if ('class' in promised) return shareOutcome(promised, measured);
  const { subject, samples, good, says } = mediaShareOf(promised, measured);
  if (samples < SURVIVAL.promiseSamples) return tooFew(subject, samples);
  const words = `${subject}: ${says}, promised in ${percent(promised.atLeast)}`;
  return { status: isBelow(good / samples, promised.atLeast) ? 'missed' : 'kept', says: words };
}

function shareOutcome({ class: name, cohort, of, atLeast }: PromisedShare, measured: Measured): Outcome {
  const own = shareOf(name, cohort, measured);
  const other = of === undefined ? undefined : shareOf(name, of, measured);
  for (const { subject, offered } of other ? [own, other] : [own])
    if (offered < SURVIVAL.promiseSamples) return tooFew(subject, offered);
  const least = atLeast * (other ? other.good / other.offered : 1);
  const share = own.good / own.offered;
  const terms = other ? `${percent(least)}, which is ${percent(atLeast)} of what ${of} had` : percent(least);
  const says = `${own.subject}: ${percent(share)} good of ${number(own.offered)}, promised ${terms}`;
  return { status: isBelow(share, least) ? 'missed' : 'kept', says };
}

function tooFew(subject: string, samples: number): Outcome {
  return { status: 'unknown', says: `${subject}: ${number(samples)} samples, fewer than ${SURVIVAL.promiseSamples}` };
}

/** How many of a cohort were due in the storm, and how many of them were good. */
function shareOf(name: OperationClass, cohort: string, { recording, phases }: Measured) {
  const count = countIn(recording, phases.storm, (bin) => bin.class === name && bin.cohort === cohort);
  return { subject: `${name} of ${cohort} in the storm`, ...count };
}
