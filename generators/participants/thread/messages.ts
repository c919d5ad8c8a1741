import type { Attendee, MediaSeat } from '../../../core/media.ts';
import type { Reach } from '../../transports/wire.ts';
import type { EngineSecond, Told } from '../engine/engine.ts';

/** What the thread of the participants is given when it starts. */
export interface MediaSetup {
  readonly seed: number;
  readonly reach: Reach;
}

export type ToMedia =
  | { readonly do: 'begin'; readonly began: number }
  | { readonly do: 'attend'; readonly id: number; readonly seat: MediaSeat; readonly attendee: Attendee }
  | { readonly do: 'leave'; readonly id: number }
  | { readonly do: 'stop' };

export type FromMedia =
  | { readonly did: 'turn'; readonly id: number; readonly told: Told }
  | ({ readonly did: 'second' } & EngineSecond)
  | { readonly did: 'stopped' };
