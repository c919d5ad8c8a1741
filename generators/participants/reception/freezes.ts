/** A freeze is judged by the mean of so many gaps between the last frames, once there are at least so many. */
const WINDOW = 30;
const LEAST = 5;
/** How much longer than usual a gap must be, in milliseconds. */
const MARGIN = 150;

/** Frozen pictures since this was last asked. */
export interface Frozen {
  readonly freezes: number;
  readonly milliseconds: number;
}

/**
 * Freezes of one stream by the rule of W3C webrtc-stats for freezeCount, on complete frames instead of rendered ones:
 * a gap of at least three times the usual one, and of the usual one and 150 ms. Times are in milliseconds.
 */
export class Freezes {
  readonly #gaps: number[] = [];
  #last: number | undefined;
  #freezes = 0;
  #frozen = 0;
  /** Up to when the open gap is counted as frozen already. */
  #counted = 0;
  #isCounted = false;

  /** When the last frame was complete. */
  get last(): number | undefined {
    return this.#last;
  }

  /** A frame is complete. `intended`: its sender left the frames before it out, so that nobody missed them. */
  frame(now: number, intended = false): void {
    const since = this.#last;
    this.#last = now;
    if (since === undefined) return;
    const gap = now - since;
    const isFreeze = this.#isFreeze(gap);
    if (isFreeze && !intended) {
      if (!this.#isCounted) this.#freezes += 1;
      this.#frozen += now - Math.max(since, this.#counted);
    }
    this.#isCounted = false;
    this.#counted = now;
    // What was left out on purpose says nothing of how often frames usually come.
    if (isFreeze && intended) this.#gaps.length = 0;
    else this.#gaps.push(gap);
    if (this.#gaps.length > WINDOW) this.#gaps.shift();
  }

  /** Whether the picture has stood still for too long already, without a frame to end it. */
  open(now: number): boolean {
    return this.#last !== undefined && this.#isFreeze(now - this.#last);
  }

  /** What was frozen since this was last asked, the open gap included unless it is not to be counted. */
  take(now: number, withOpen = true): Frozen {
    if (withOpen && this.#last !== undefined && this.open(now)) {
      if (!this.#isCounted) this.#freezes += 1;
      this.#isCounted = true;
      this.#frozen += now - Math.max(this.#last, this.#counted);
      this.#counted = now;
    }
    const taken = { freezes: this.#freezes, milliseconds: this.#frozen };
    [this.#freezes, this.#frozen] = [0, 0];
    return taken;
  }

  #isFreeze(gap: number): boolean {
    if (this.#gaps.length < LEAST) return false;
    const usual = this.#gaps.reduce((sum, one) => sum + one, 0) / this.#gaps.length;
    return gap >= Math.max(3 * usual, usual + MARGIN);
  }
}
