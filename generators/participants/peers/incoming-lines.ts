import type { HeardMessage } from '../../../core/media.ts';
import type { Payloads } from '../engine/listener.ts';
import type { ReportBlock } from '../packets/rtcp.ts';
import type { Connection } from './connection.ts';
import { partnersIn, payloadsIn } from './sdp.ts';

/** What somebody receives on, whoever offers it. */
export interface IncomingLines {
  /** Those of which both ends are described. */
  readonly connections: readonly Connection[];
  /** The one that was the first to be there. */
  readonly first: Connection | undefined;
  /** Whether everything that can be received is. */
  readonly isReady: boolean;
  /** Whether what has ended is asked for again, once somebody is in. */
  readonly heals: boolean;
  readonly streams: Streams;
  /** The target says something of it; throws a Failure when that cannot be understood. */
  hear(message: HeardMessage, now: number): void;
  /** Looks after connections of somebody who is in. */
  tend(now: number): void;
  /** Sends reports of what was received, by the connections it came by. */
  report(blocks: readonly ReportBlock[], write: (blocks: readonly ReportBlock[]) => Buffer): void;
  close(): void;
}

/** What descriptions say of the streams; the same maps for good. */
export class Streams {
  readonly partners = new Map<number, number>();
  readonly payloads = new Map<number, 'audio' | 'video'>();

  learn(sdp: string): void {
    for (const [picture, voice] of partnersIn(sdp)) this.partners.set(picture, voice);
    for (const [type, kind] of payloadsIn(sdp) satisfies Payloads) this.payloads.set(type, kind);
  }
}
