import { percent } from '../../score/spoken.ts';
import type { StepJudgement } from '../../score/step.ts';
import type { CalibrationTerms } from './read.ts';
import type { Found, Step } from './search.ts';

/** A step and what it came to. */
export interface MadeStep extends Step, StepJudgement {}

/** What a calibration found. */
export interface Calibration extends Found<MadeStep> {
  readonly target: string;
}

/** Arrivals per second that may be declared; undefined when no step held. */
export function rateFound({ held }: Calibration): number | undefined {
  return held?.rate;
}

/** One step, in a line. */
export function stepLine({ rate, outcome, share, strain }: MadeStep, { step, share: promised }: Terms): string {
  const seen = `${share.hits} of ${share.tries} in time`;
  const bound = `at least ${percent(floored(share.least))}`;
  const says = {
    held: `holds: ${bound}`,
    broke: `does not hold ${percent(promised)}: ${bound} is shown`,
    unfit: `says nothing: the generator could not keep up${strain ?? ''}`,
  };
  return `${rate} ${step.class}/s: ${seen}, ${says[outcome]}`;
}

/** What was found, for people; `written` is the file that declares it now. */
export function calibrationText(found: Calibration, terms: Terms, written: string | undefined): string {
  const { target, held, broke, unfit } = found;
  const { step, share, search } = terms;
  const promise = `${percent(share)} within ${step.deadline / 1_000} s`;
  if (!held) {
    const least = Math.min(...found.steps.map(({ rate }) => rate));
    return unfit
      ? `${target}: nothing was found out, since the generator could not keep up at ${unfit.rate} ${step.class}/s`
      : `${target} does not keep ${promise} at ${least} ${step.class}/s, nor at any rate above that was tried`;
  }
  const confidence = `at least ${percent(floored(held.share.least))} are, with 95 % confidence`;
  const beyond = broke
    ? `at ${broke.rate}/s it does not: ${broke.share.hits} of ${broke.share.tries}`
    : unfit
      ? `beyond is not told: the generator could not keep up at ${unfit.rate}/s`
      : held.rate >= search.most
        ? `beyond is not told: ${search.most}/s is the most that was to be tried`
        : 'beyond is not told: there was no step left';
  const kept = written
    ? `capacity.${step.class}: ${held.rate} is written into ${written}`
    : step.class === 'join'
      ? 'nothing is written: a capacity of join says how many are in meetings at once, not how many come in a second'
      : `nothing is written: --capacity ${step.class}=${held.rate} says it`;
  return `${target} keeps ${promise} up to ${held.rate} ${step.class}/s (${confidence}); ${beyond}\n${kept}`;
}

type Terms = Pick<CalibrationTerms, 'step' | 'share' | 'search'>;

/** A bound must not look better than it is. */
function floored(share: number): number {
  return Math.floor(share * 1_000) / 1_000;
}
