import type { Acknowledged, Kept } from '../core/acknowledged.ts';
import type { Curve } from '../core/curve.ts';
import type { Ledger, RunEvent } from '../core/event.ts';
import type { Plan } from '../core/plan.ts';
import type { Share } from './arrivals.ts';

/** What a worker is given when it starts; `setting` is for the composition root to make target and people from. */
export interface WorkerSetup {
  readonly plan: Plan;
  readonly share: Share;
  readonly setting: unknown;
}

export type ToWorker =
  | { readonly do: 'begin'; readonly began: number }
  | { readonly do: 'prolong'; readonly scenario: string; readonly curve: Curve }
  | { readonly do: 'drain'; readonly limit: number }
  | { readonly do: 'stop' }
  | { readonly do: 'verify'; readonly kept: Kept; readonly at: number };

export type FromWorker =
  | { readonly did: 'ready' }
  | { readonly did: 'not ready'; readonly says: string }
  | { readonly did: 'observe'; readonly events: readonly RunEvent[]; readonly acknowledged: readonly Acknowledged[] }
  | { readonly did: 'stopped' }
  | { readonly did: 'verified'; readonly ledgers: readonly Ledger[] }
  | { readonly did: 'fail'; readonly error: unknown };
