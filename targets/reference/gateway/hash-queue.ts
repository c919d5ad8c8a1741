import type { Settings } from '../variants.ts';
import type { Visitor } from './visitor.ts';

/**
 * What became of somebody in the queue: `through` with the result of the work; `refused` at the door because the queue
 * was full; `expired` when the turn came too late; `left` before the turn came, which only some variants notice.
 */
export type Passage<Result> =
  | { readonly kind: 'through'; readonly value: Result }
  | { readonly kind: 'refused' | 'expired' | 'left' };

type QueueTerms = Pick<Settings, 'hashesAtWork' | 'loginQueue' | 'loginTimeLimit' | 'noticesDeparture'>;
type Turn = Passage<unknown>['kind'];

interface Waiting {
  readonly visitor: Visitor;
  readonly tell: (turn: Turn) => void;
}

/** First come, first served before the password hashes, of which so many are worked at side by side. */
export class HashQueue {
  readonly #terms: QueueTerms;
  /** In order of arrival; a set, so that whoever leaves is taken out without a search. */
  readonly #waiting = new Set<Waiting>();
  #departed = 0;
  #atWork = 0;

  constructor(terms: QueueTerms) {
    this.#terms = terms;
  }

  /** Logins that wait for their turn. */
  get length(): number {
    return this.#waiting.size;
  }

  /** Of these, logins of people who have left. */
  get departed(): number {
    return this.#departed;
  }

  /** Whether nobody more is taken in. */
  get isFull(): boolean {
    const { hashesAtWork, loginQueue } = this.#terms;
    return this.#atWork >= hashesAtWork && this.#waiting.size >= loginQueue;
  }

  /** Waits for the visitor's turn and does the work then, or tells why it was not done. */
  async pass<Result>(visitor: Visitor, work: () => Promise<Result>): Promise<Passage<Result>> {
    const turn = await this.#turnOf(visitor);
    if (turn !== 'through') return { kind: turn };
    try {
      return { kind: turn, value: await work() };
    } finally {
      this.#atWork -= 1;
      this.#callNext();
    }
  }

  #turnOf(visitor: Visitor): Turn | Promise<Turn> {
    if (visitor.departed && this.#terms.noticesDeparture) return 'left';
    if (this.isFull) return 'refused';
    if (this.#atWork < this.#terms.hashesAtWork) {
      this.#atWork += 1;
      return 'through';
    }
    return new Promise((tell) => {
      const waiting = { visitor, tell };
      this.#waiting.add(waiting);
      visitor.whenDeparted(() => this.#see(waiting));
    });
  }

  /** Sees somebody leave, and gives the place away in variants that look. */
  #see(waiting: Waiting): void {
    if (!this.#waiting.has(waiting)) return;
    if (!this.#terms.noticesDeparture) {
      this.#departed += 1;
      return;
    }
    this.#waiting.delete(waiting);
    waiting.tell('left');
  }

  #callNext(): void {
    for (const waiting of this.#waiting) {
      this.#waiting.delete(waiting);
      if (waiting.visitor.departed) this.#departed -= 1;
      if (performance.now() - waiting.visitor.arrived > this.#terms.loginTimeLimit) {
        waiting.tell('expired');
        continue;
      }
      this.#atWork += 1;
      waiting.tell('through');
      return;
    }
  }
}
