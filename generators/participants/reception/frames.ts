/** A packet of video, as far as putting frames together needs it. */
export interface FramePart {
  /** Extended. */
  readonly sequence: number;
  readonly timestamp: number;
  readonly begins: boolean;
  readonly ends: boolean;
}

/** A frame of which every packet has come. */
export interface Frame {
  readonly timestamp: number;
  readonly first: number;
  readonly last: number;
}

/** Frames that wait for the rest of their packets; older ones will not get it any more. */
const MOST_WAITING = 16;
/** More packets than this are no frame: whoever sends one without end would be remembered without end. */
const MOST_PARTS = 2_000;

interface Waiting {
  readonly parts: Set<number>;
  first: number | undefined;
  last: number | undefined;
}

/** Puts packets together to frames, in whatever order they come. */
export class Frames {
  readonly #waiting = new Map<number, Waiting>();
  #shown: number | undefined;

  /** Takes a packet; gives the frame it completes, unless a later one was complete before. */
  take({ sequence, timestamp, begins, ends }: FramePart): Frame | undefined {
    // Nearly all packets come once and in order, and many frames are one packet.
    if (begins && ends) return this.#complete({ timestamp, first: sequence, last: sequence });
    const waiting = this.#waitingFor(timestamp);
    waiting.parts.add(sequence);
    if (begins) waiting.first = sequence;
    if (ends) waiting.last = sequence;
    const { first, last, parts } = waiting;
    if (parts.size > MOST_PARTS) this.#waiting.delete(timestamp);
    if (first === undefined || last === undefined || parts.size < last - first + 1) return undefined;
    this.#waiting.delete(timestamp);
    return this.#complete({ timestamp, first, last });
  }

  #waitingFor(timestamp: number): Waiting {
    let waiting = this.#waiting.get(timestamp);
    if (waiting) return waiting;
    waiting = { parts: new Set(), first: undefined, last: undefined };
    this.#waiting.set(timestamp, waiting);
    if (this.#waiting.size > MOST_WAITING) {
      const [oldest] = this.#waiting.keys();
      if (oldest !== undefined) this.#waiting.delete(oldest);
    }
    return waiting;
  }

  #complete(frame: Frame): Frame | undefined {
    if (this.#shown !== undefined && ((frame.timestamp - this.#shown) | 0) <= 0) return undefined;
    this.#shown = frame.timestamp;
    return frame;
  }
}
