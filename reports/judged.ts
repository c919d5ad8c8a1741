import type { Recording } from '../core/recording.ts';
import type { Score } from '../core/score.ts';

/** A run and its judgement: what every report is made from. */
export interface Judged {
  readonly recording: Recording;
  readonly score: Score;
}
