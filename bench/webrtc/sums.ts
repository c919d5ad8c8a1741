import type { MediaFacts, StreamCounts } from '../../core/media.ts';
import type { CrowdUse } from './crowd.ts';

/** From here on people are content (ITU-T G.107, annex B). */
const CLEAR = 4;
const NOTHING: StreamCounts = { packets: 0, lost: 0 };

/** What the people of a crowd measured, added up. */
export class CrowdSums {
  #lag = 0;
  #sums = {
    ...{ participantSeconds: 0, held: 0, clear: 0, mos: 0, bytesReceived: 0, bytesSent: 0 },
    ...{ audio: NOTHING, video: NOTHING, upstream: NOTHING },
  };

  /** Takes a second of all of them in. */
  second(lag: number, all: readonly MediaFacts[]): void {
    this.#lag = Math.max(this.#lag, lag);
    const sums = this.#sums;
    for (const { audio, video, upstream, breach, mos = 0, bytesReceived, bytesSent } of all)
      Object.assign(sums, {
        participantSeconds: sums.participantSeconds + 1,
        held: sums.held + (breach === undefined ? 1 : 0),
        clear: sums.clear + (mos >= CLEAR ? 1 : 0),
        mos: sums.mos + mos,
        bytesReceived: sums.bytesReceived + bytesReceived,
        bytesSent: sums.bytesSent + bytesSent,
        audio: both(sums.audio, audio),
        video: both(sums.video, video),
        upstream: both(sums.upstream, upstream ?? NOTHING),
      });
  }

  /** All so far, and the longest lag since this was last asked. */
  get all(): Omit<CrowdUse, 'media' | 'signalling' | 'seconds'> {
    const lag = this.#lag;
    this.#lag = 0;
    return { ...this.#sums, lag };
  }
}

function both(one: StreamCounts, other: StreamCounts): StreamCounts {
  return { packets: one.packets + other.packets, lost: one.lost + other.lost };
}
