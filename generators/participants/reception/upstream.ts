import type { StreamCounts } from '../../../core/media.ts';
import type { ReportBlock } from '../packets/rtcp.ts';

/** What the other end reports of the streams that one sends (RFC 3550, 6.4.1), from one look to the next. */
export class Upstream {
  readonly #last = new Map<number, Pick<ReportBlock, 'highest' | 'lost'>>();
  #packets = 0;
  #lost = 0;
  #told = false;

  reported({ ssrc, highest, lost }: ReportBlock): void {
    const before = this.#last.get(ssrc);
    this.#last.set(ssrc, { highest, lost });
    if (!before) return;
    const missed = lost - before.lost;
    this.#packets += ((highest - before.highest) | 0) - missed;
    this.#lost += missed;
    this.#told = true;
  }

  /** What came since this was last asked; undefined when there was no report. */
  take(): StreamCounts | undefined {
    const taken = this.#told ? { packets: this.#packets, lost: this.#lost } : undefined;
    [this.#packets, this.#lost, this.#told] = [0, 0, false];
    return taken;
  }
}
