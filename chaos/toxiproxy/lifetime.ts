/** The longest that a timer of Node's can wait, in milliseconds. */
export const LONGEST_WAIT = 2_147_483_647;

/** How long something may stay unless whoever put it there says so again. */
export class Lifetime {
  readonly #over: () => void;
  #timer: NodeJS.Timeout | undefined;
  #due = 0;
  #expired = false;

  /** `over` is called when the time has run out; until a time is set it never does. */
  constructor(over: () => void) {
    this.#over = over;
  }

  /** Whether the time has run out and nothing was set since. */
  get expired(): boolean {
    return this.#expired;
  }

  /** From now on so many milliseconds; 0 for without end. */
  set(ms: number): void {
    clearTimeout(this.#timer);
    this.#expired = false;
    this.#timer = undefined;
    if (ms === 0) return;
    this.#due = performance.now() + ms;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#expired = true;
      this.#over();
    }, ms);
  }

  /** The milliseconds that are left, as a further member of a JSON object; nothing when it is without end. */
  json(): string {
    return this.#timer ? `,"ttl":${Math.max(0, Math.ceil(this.#due - performance.now()))}` : '';
  }
}
