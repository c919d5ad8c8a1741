import { Failure } from '../../core/failure.ts';
import type { HeardMessage, PeerMessage } from '../../core/media.ts';
import { retryAfterOf } from '../../core/retry-after.ts';
import type { Answer } from '../../core/transport.ts';
import { type Asking, ended, offeredAt, type SessionPlace, told } from './endpoint.ts';
import { fragmentOf } from './fragment.ts';

/** Who is not there yet is looked for again so soon, twice as long each time, up to a second. Milliseconds. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 1_000;

/** Where one connection is agreed on, what it is for, and whom what is said of it is told to. */
export interface LineParts {
  readonly url: string;
  /** The number of what is viewed; undefined for what is published. */
  readonly id: number | undefined;
  readonly asking: Asking;
  readonly tell: (message: HeardMessage) => void;
}

/** One connection of somebody: a session at an endpoint, as soon as it is agreed on. A resource, which has to be ended. */
export class Line {
  readonly #parts: LineParts;
  readonly #what: string;
  #offer = '';
  #session: SessionPlace | undefined;
  /** Own candidates that are not told yet. */
  #candidates: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(parts: LineParts) {
    this.#parts = parts;
    this.#what = parts.id === undefined ? 'publishing' : 'viewing';
  }

  /** Rejects with the Failure that what was said has come to. */
  async said(message: PeerMessage): Promise<void> {
    if (this.#isOver) return;
    if (message.is === 'candidate') return this.#candidate(message.candidate);
    if (message.is === 'answer') return this.#answer(message.sdp);
    if (message.is !== 'offer') return;
    const isFirst = this.#offer === '';
    // Who offers anew has lost what was agreed on before.
    if (this.#session) void ended(this.#session, this.#parts.asking);
    [this.#offer, this.#session, this.#candidates] = [message.sdp, undefined, []];
    await this.#agree(message.sdp, isFirst ? 0 : 1);
  }

  /** Ends its session, and one that is being made as soon as it is there. */
  async end(): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#timer);
    if (this.#session) await ended(this.#session, this.#parts.asking);
  }

  async #agree(offer: string, attempts: number): Promise<void> {
    const { url, id, asking, tell } = this.#parts;
    // Nobody waits any more for what was not there at first.
    const options = { what: this.#what, later: attempts > 0, mayBeNothing: id !== undefined };
    for (let attempt = attempts; ; attempt += 1) {
      const agreed = await offeredAt(url, offer, asking, { ...options, later: attempt > 0 });
      const isLate = this.#isOver || this.#offer !== offer;
      if (agreed.is !== 'nothing') {
        if (isLate) return ended(agreed.session, asking);
        this.#session = agreed.session;
        const which = id === undefined ? { line: 'sending' as const } : { line: 'receiving' as const, id };
        return tell({ ...which, is: agreed.is, sdp: agreed.sdp });
      }
      if (isLate || id === undefined) return;
      tell({ line: 'receiving', is: 'nothing', id });
      await this.#pause(pauseAfter(agreed.answer, attempt));
      if (this.#isOver || this.#offer !== offer) return;
    }
  }

  /** Not over when somebody leaves meanwhile: then there is nothing to go on with. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#timer = setTimeout(resolve, ms);
    });
  }

  /** Tells own candidates all at once; a server that does not want them learns them from the first packet as well. */
  async #candidate(candidate: string): Promise<void> {
    if (candidate !== '') return void this.#candidates.push(candidate);
    const session = this.#session;
    // It is by the ETag that a session says that it can be told more (RFC 9725, 4.3).
    if (session?.etag === undefined) return;
    const fragment = fragmentOf(this.#offer, this.#candidates.splice(0));
    try {
      await told(session, 'application/trickle-ice-sdpfrag', fragment, this.#parts.asking, this.#what);
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown;
    }
  }

  /** Answers what a WHEP endpoint has offered instead. */
  async #answer(sdp: string): Promise<void> {
    if (!this.#session) return;
    const { status } = await told(this.#session, 'application/sdp', sdp, this.#parts.asking, this.#what);
    if (status < 200 || status >= 300)
      throw new Failure('status', `${this.#what}: ${status} to the answer, expected 204`);
  }
}

function pauseAfter(answer: Answer, attempt: number): number {
  return retryAfterOf(answer) ?? Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(attempt, 8));
}
