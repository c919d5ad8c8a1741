import type { PageNetwork, PageStep } from '../../core/browser.ts';
import type { Picture } from '../../core/event.ts';
import type { FailureKind } from '../../core/failure.ts';
import type { Entry } from '../../core/media.ts';
import type { EngineSecond } from '../participants/engine/engine.ts';
import type { Reach } from '../transports/wire.ts';

/** What the process of the browser is given when it starts. */
export interface BrowserSetup {
  readonly reach: Reach;
  /** Where pages may go besides to this machine: hosts by name or address. */
  readonly hosts: readonly string[];
  /** How many may be open at once. */
  readonly pages: number;
  readonly network?: PageNetwork;
  /** A script that gives what a page has received so far, as OwnCounts. */
  readonly measure?: string;
  /** When a picture is to be taken, in milliseconds on the run's clock. */
  readonly pictureAt?: number;
}

/** Calls are answered under their number. `within` is how long they may take, in milliseconds. */
export type ToBrowser =
  | { readonly do: 'begin'; readonly began: number }
  | { readonly do: 'open'; readonly page: number; readonly call: number; readonly within: number }
  | {
      readonly do: 'walk';
      readonly page: number;
      readonly call: number;
      readonly within: number;
      readonly steps: readonly PageStep[];
    }
  /** Measures what a page hears and sees, from now on. */
  | { readonly do: 'attend'; readonly page: number; readonly joining?: number }
  | { readonly do: 'leave'; readonly page: number }
  | { readonly do: 'close'; readonly page: number }
  | { readonly do: 'stop' };

export type FromBrowser =
  | { readonly did: 'ready' }
  | { readonly did: 'not ready'; readonly says: string }
  | { readonly did: 'answer'; readonly call: number; readonly outcome: Outcome }
  /** A page is not there any more, of which nobody has said so. */
  | { readonly did: 'gone'; readonly page: number; readonly says: string }
  | { readonly did: 'settled'; readonly page: number; readonly entry: Entry }
  | ({ readonly did: 'second' } & EngineSecond)
  | { readonly did: 'picture'; readonly picture: Picture }
  | { readonly did: 'stopped' };

/** What a call came to: a failure of the target, nothing more to give on this machine, or done. */
export type Outcome =
  | { readonly is: 'done'; readonly read?: string }
  | { readonly is: 'failed'; readonly kind: FailureKind; readonly says: string; readonly retryAfter?: number }
  | { readonly is: 'exhausted'; readonly says: string };
