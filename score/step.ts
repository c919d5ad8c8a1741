import { type Phase, phaseOf } from '../core/plan.ts';
import type { OperationClass } from '../core/profile.ts';
import type { Recording } from '../core/recording.ts';
import { type Proportion, proportion } from './proportion.ts';
import { spanWithin } from './span.ts';
import { countIn } from './tally.ts';
import { strainIn } from './validity/generator.ts';

/** What a step of constant load came to. */
export interface StepJudgement {
  /** Good within the deadline, of everybody who was due. */
  readonly share: Proportion;
  /** What kept the generator from making the step as planned, to be put behind a sentence; undefined when nothing did. */
  readonly strain: string | undefined;
}

/** Judges the storm of a recording as one step: everybody counts, those as well who are still waiting. */
export function judgeStep(recording: Recording, name: OperationClass): StepJudgement {
  const { from, to }: Phase = phaseOf(recording.plan, 'storm');
  const span = spanWithin(from, to);
  const { good, offered } = countIn(recording, span, (bin) => bin.class === name);
  const { saturated, says } = strainIn(recording, span);
  return { share: proportion(good, offered), strain: saturated ? says : undefined };
}
