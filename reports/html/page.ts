import type { Judged } from '../judged.ts';
import { endOf, type Span, timelineOf } from '../timeline.ts';

/** What all parts of a page share: the runs it shows, on one axis of time. */
export interface Page {
  readonly runs: readonly Shown[];
  /** The length of the longest run. */
  readonly seconds: number;
}

/** A run with its phases and its place in the page. */
export interface Shown extends Judged {
  readonly place: number;
  readonly timeline: readonly Span[];
}

/** Puts runs on one axis. */
export function pageOf(runs: readonly Judged[]): Page {
  return {
    runs: runs.map((run, place) => ({ ...run, place, timeline: timelineOf(run.recording) })),
    seconds: Math.max(...runs.map(({ recording }) => endOf(recording) / 1_000)),
  };
}
