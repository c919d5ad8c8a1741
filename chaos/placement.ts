import { setTimeout as sleep } from 'node:timers/promises';
import { disturbanceWords, faultName } from '../core/fault.ts';
import type { PlannedFault } from '../core/plan.ts';
import type { Guard } from './guard.ts';
import type { Finding, Look, Prepared } from './injector.ts';
import type { Undo } from './undo.ts';

/** One fault at one place, from the first look at it to the last. */
export interface Placement {
  /** Looks at the place before the fault is there. */
  lookBefore(): Promise<void>;
  /** Writes down how to undo it, and then injects it; throws when either fails. */
  inject(): Promise<void>;
  /** Looks until it is seen to bite, or patience runs out. */
  proof(): Promise<Finding>;
  /** Looks until it is seen to be in place still, or patience runs out. */
  stays(): Promise<Finding>;
  /** Takes it out if it is in, and looks until the place is as before. Never rejects. */
  lift(): Promise<Finding>;
  /** Whether it is in, or may be. */
  readonly isIn: boolean;
  renew(): Promise<void>;
  close(): Promise<void>;
}

export interface PlacementOptions {
  readonly name: string;
  readonly planned: PlannedFault;
  readonly prepared: Prepared;
  readonly guard: Guard;
  readonly undo: (undo: Undo) => Promise<void>;
}

const LOOKS = 5;
/** Milliseconds: how long a fault may take to show, and how long a place may take to come back. */
const SHOWS_WITHIN = 5_000;
const BACK_WITHIN = 15_000;
/** One undo at most, in milliseconds: more than what undoes takes before it gives up by itself; a command takes longest. */
const UNDONE_WITHIN = 45_000;
/** After its time a fault is taken to be forgotten by this much. */
const MARGIN = 60_000;
const PAUSE = 200;

/** Makes a prepared fault ready to be placed. */
export function placementOf({ name, planned, prepared, guard, undo }: PlacementOptions): Placement {
  const says = `${faultName(planned.fault)}: ${disturbanceWords(planned.fault.does)}`;
  let before: readonly Look[] = [];
  let isIn = false;
  const until = async (within: number, found: () => Promise<Finding>): Promise<Finding> => {
    for (const end = performance.now() + within; ; ) {
      const finding = await found();
      if (finding.holds || performance.now() > end) return finding;
      await sleep(PAUSE);
    }
  };
  return {
    get isIn() {
      return isIn;
    },
    async lookBefore() {
      before = await looksOf(prepared);
    },
    async inject() {
      const length = planned.to - planned.from + MARGIN;
      guard.intend({ name, says, undo: prepared.undo, expiresAt: new Date(Date.now() + length).toISOString() });
      isIn = true;
      await prepared.inject();
      guard.applied(name);
    },
    proof: () => until(SHOWS_WITHIN, async () => prepared.bites(before, await looksOf(prepared))),
    stays: () => until(SHOWS_WITHIN, async () => (prepared.stays ?? prepared.bites)(before, await looksOf(prepared))),
    async lift() {
      if (!isIn) return { holds: true, says: 'was never in place' };
      const failed = await failureOf(undo(prepared.undo), UNDONE_WITHIN);
      if (failed !== undefined) return { holds: false, says: failed };
      guard.undone(name);
      isIn = false;
      return until(BACK_WITHIN, async () => prepared.gone(before, await looksOf(prepared)));
    },
    async renew() {
      if (isIn) await prepared.renew?.();
    },
    close: () => prepared.close(),
  };
}

async function looksOf(prepared: Prepared): Promise<readonly Look[]> {
  const looks: Look[] = [];
  for (let n = 0; n < LOOKS; n += 1) looks.push(await prepared.look());
  return looks;
}

/** Why something did not succeed within its time, in words; undefined when it did. */
async function failureOf(work: Promise<void>, within: number): Promise<string | undefined> {
  const over = new AbortController();
  const late = sleep(within, `not undone within ${within / 1_000} s`, { signal: over.signal });
  try {
    return await Promise.race([work.then(() => undefined), late]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    over.abort();
    late.catch(() => undefined);
  }
}
