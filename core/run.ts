import { setTimeout as sleep } from 'node:timers/promises';
import { monotonic } from './clock.ts';
import type { RunEvent } from './event.ts';
import type { Plan } from './plan.ts';
import type { Target } from './target.ts';

/** What every actor is handed: the plan, the target, one clock, one way to stop, and one place to tell what it saw. */
export interface Run {
  readonly plan: Plan;
  readonly target: Target;
  readonly signal: AbortSignal;
  /** The run's 0 on the monotonic clock. */
  readonly began: number;
  /** Milliseconds since the run began; negative before. */
  now(): number;
  /** Resolves at `ms` on the run's clock, at once when that is past; rejects when the run stops. */
  until(ms: number): Promise<void>;
  record(event: RunEvent): void;
}

/** Anything that acts on the target or watches it: load, faults, scrapes. It returns when its work is done or the run stops, and cleans up in `finally`. */
export type Actor = (run: Run) => Promise<void>;

export interface RunOptions {
  readonly plan: Plan;
  readonly target: Target;
  /** The actors whose end is the end of the run. */
  readonly leading: readonly Actor[];
  /** Actors that go on as long as the leading ones do: scrapes, health. */
  readonly following: readonly Actor[];
  readonly record: (event: RunEvent) => void;
  readonly stop: AbortSignal;
  readonly began: number;
}

/**
 * Runs every actor side by side; the first that throws stops them all, and each gets to clean up before this returns.
 * Rejects with what was thrown, or with the reason `stop` was aborted for.
 */
export async function run({ plan, target, leading, following, record, stop, began }: RunOptions): Promise<void> {
  const failed = new AbortController();
  const done = new AbortController();
  const fail = (bug: unknown) => failed.abort(bug);
  const now = () => monotonic() - began;
  const handed = (signal: AbortSignal): Run => ({
    plan,
    target,
    signal,
    began,
    now,
    until: (ms) => sleep(Math.max(0, ms - now()), undefined, { signal }),
    record,
  });
  const stopping = AbortSignal.any([stop, failed.signal]);
  const ended = AbortSignal.any([stopping, done.signal]);
  const followers = following.map((actor) => actor(handed(ended)).catch((thrown) => ignoreEnd(thrown, ended, fail)));
  await Promise.all(
    leading.map((actor) => actor(handed(stopping)).catch((thrown) => ignoreEnd(thrown, stopping, fail))),
  );
  done.abort(new DOMException('the run is over', 'AbortError'));
  await Promise.all(followers);
  failed.signal.throwIfAborted();
  stop.throwIfAborted();
}

/** Waiting rejects when a run ends; that is how actors learn of it, and no failure of theirs. */
function ignoreEnd(thrown: unknown, signal: AbortSignal, fail: (bug: unknown) => void): void {
  const isEnd = signal.aborted && thrown instanceof Error && (thrown === signal.reason || thrown.name === 'AbortError');
  if (!isEnd) fail(thrown);
}
