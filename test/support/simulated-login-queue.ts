/** How a simulated login service protects itself, or does not. Times in milliseconds. */
export interface QueueSettings {
  /** Entries beyond are turned away with a time to retry; Infinity for no bound. */
  readonly bound: number;
  /** Whether the entries of people who have left are taken out. */
  readonly noticesDeparture: boolean;
  /** Entries older than this are thrown away when their turn comes. */
  readonly tooOld: number;
}

/** The era's variant: no bound, nobody looks whether the person is still there. */
export const UNBOUNDED: QueueSettings = { bound: Number.POSITIVE_INFINITY, noticesDeparture: false, tooOld: 8_000 };

/** The hardened variant: a short queue, the surplus refused at once. */
export const BOUNDED: QueueSettings = { bound: 12, noticesDeparture: true, tooOld: 8_000 };

export type QueueAnswer = { readonly kind: 'granted' } | { readonly kind: 'shed'; readonly retryAfter: number };

export interface QueueEntry {
  readonly entered: number;
  departed: boolean;
  waiting: boolean;
  readonly answer: (answer: QueueAnswer) => void;
}

export interface QueueState {
  readonly length: number;
  readonly departed: number;
  readonly granted: number;
  readonly refused: number;
  readonly wasted: number;
  readonly hashes: number;
}

interface Surroundings {
  now(): number;
  later(ms: number, work: () => void): void;
  draw(name: string): number;
}

/** First come, first served, in front of two password checks of about 20 ms each. */
export class LoginQueue {
  readonly #settings: QueueSettings;
  readonly #around: Surroundings;
  #waiting: QueueEntry[] = [];
  /** Entries before this have had their turn; shifting a long array is slow. */
  #next = 0;
  #departed = 0;
  #working = 0;
  #granted = 0;
  #refused = 0;
  #wasted = 0;
  #hashes = 0;

  constructor(settings: QueueSettings, around: Surroundings) {
    this.#settings = settings;
    this.#around = around;
  }

  enter(answer: QueueEntry['answer']): QueueEntry | undefined {
    if (this.#length >= this.#settings.bound) {
      this.#refused += 1;
      const retryAfter = 1_000 + Math.floor(this.#around.draw('retry-after') * 3) * 1_000;
      this.#around.later(2, () => answer({ kind: 'shed', retryAfter }));
      return undefined;
    }
    const entry: QueueEntry = { entered: this.#around.now(), departed: false, waiting: true, answer };
    this.#waiting.push(entry);
    this.#work();
    return entry;
  }

  depart(entry: QueueEntry): void {
    entry.departed = true;
    if (!entry.waiting) return;
    if (this.#settings.noticesDeparture) this.#waiting = this.#left().filter((other) => other !== entry);
    else this.#departed += 1;
  }

  state(): QueueState {
    return {
      length: this.#length,
      departed: this.#departed,
      granted: this.#granted,
      refused: this.#refused,
      wasted: this.#wasted,
      hashes: this.#hashes,
    };
  }

  get #length(): number {
    return this.#waiting.length - this.#next;
  }

  #left(): QueueEntry[] {
    const left = this.#waiting.slice(this.#next);
    this.#next = 0;
    return left;
  }

  #work(): void {
    while (this.#working < 2) {
      const entry = this.#waiting[this.#next];
      if (!entry) return;
      this.#next += 1;
      entry.waiting = false;
      if (entry.departed) this.#departed -= 1;
      if (this.#around.now() - entry.entered > this.#settings.tooOld) continue;
      this.#working += 1;
      const took = 17 + Math.round(6 * this.#around.draw(`hash/${this.#hashes}`));
      this.#around.later(took, () => this.#hashed(entry));
    }
  }

  #hashed(entry: QueueEntry): void {
    this.#working -= 1;
    this.#hashes += 1;
    if (entry.departed) this.#wasted += 1;
    else this.#granted += 1;
    entry.answer({ kind: 'granted' });
    this.#work();
  }
}
