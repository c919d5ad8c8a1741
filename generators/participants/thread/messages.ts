import type { Attendee, HeardMessage, PeerMessage, RtpSeat } from '../../../core/media.ts';
import type { Reach } from '../../transports/wire.ts';
import type { EngineSecond } from '../engine/engine.ts';
import type { Turn } from '../engine/member.ts';
import type { PeerSeat } from '../peers/entrance.ts';

/** What the thread, or the process, of the participants is given when it starts. */
export interface MediaSetup {
  readonly seed: number;
  readonly reach: Reach;
}

export type ToMedia =
  | { readonly do: 'begin'; readonly began: number }
  /** `at` is when it was said, on the machine's monotonic clock: what comes late has waited with us, not with the target. */
  | {
      readonly do: 'attend';
      readonly id: number;
      readonly seat: RtpSeat | PeerSeat;
      readonly attendee: Attendee;
      readonly at: number;
    }
  /** What the target says by its signalling to somebody who speaks WebRTC. */
  | { readonly do: 'hear'; readonly id: number; readonly message: HeardMessage }
  | { readonly do: 'leave'; readonly id: number }
  | { readonly do: 'stop' };

export type FromMedia =
  | { readonly did: 'ready' }
  | { readonly did: 'not ready'; readonly says: string }
  /** What they say to the target. */
  | { readonly did: 'say'; readonly id: number; readonly message: PeerMessage }
  | { readonly did: 'turn'; readonly id: number; readonly told: Turn }
  | ({ readonly did: 'second' } & EngineSecond)
  | { readonly did: 'stopped' };
