import type { FailureKind } from '../../core/failure.ts';
import type { EntryTime } from '../../core/media.ts';
import type { Recording } from '../../core/recording.ts';
import { jsonReport } from '../../reports/json.ts';
import { score } from '../../score/score.ts';

/** What became of a storm of joins, as the report tells it. */
export interface JoinAccount {
  readonly due: number;
  /** Of them: in at the first attempt, in at all, and never started. */
  readonly first: number;
  readonly eventual: number;
  readonly dropped: number;
  readonly attempts: number;
  readonly failedBy: Readonly<Partial<Record<FailureKind, number>>>;
  /** How long each step had taken, in milliseconds since they began to join; `own` is what may have been the generator's. */
  readonly entryMs: Readonly<Partial<Record<EntryTime, { readonly p50: number; readonly p95: number }>>>;
  /** Of the generator: how late people began, and the longest that any of its loops was away. */
  readonly lateP99: number | null;
  readonly lag: number;
  /** What makes the run one that is not to be believed. */
  readonly validity: readonly string[];
  readonly held: number | null;
}

const OF_THE_GENERATOR: ReadonlySet<string> = new Set(['generator-saturated', 'clock-jump']);

/** Reads a storm of joins out of the report of its recording. */
export function joinAccountOf(recording: Recording): JoinAccount {
  const report = jsonReport(recording, score(recording));
  const joins = report.counts.filter((one) => one.class === 'join');
  const sum = (pick: (one: (typeof joins)[number]) => number) => joins.reduce((total, one) => total + pick(one), 0);
  const media = report.media.find(({ phase }) => phase === 'storm');
  const generator = report.generator.filter(({ phase }) => phase === 'storm');
  return {
    due: sum(({ offered }) => offered),
    first: sum(({ firstAttempt }) => firstAttempt),
    eventual: sum(({ eventual }) => eventual),
    dropped: sum(({ dropped }) => dropped),
    attempts: sum(({ attempts }) => attempts),
    failedBy: joins[0]?.failedBy ?? {},
    entryMs: media?.entryMs ?? {},
    lateP99: generator[0]?.latenessP99Ms ?? null,
    lag: Math.max(0, ...generator.map(({ lagMostMs }) => lagMostMs)),
    // A storm without a base load has no baseline to be steady: what is asked here is how the generator itself was.
    validity: report.validity.reasons
      .filter(({ name }) => OF_THE_GENERATOR.has(name))
      .map(({ name, says }) => `${name}: ${says}`),
    held: media?.held ?? null,
  };
}
