/**
 * Waits of many people at once, all of which end when the load does. An AbortSignal would do, but each new listener of a
 * signal is compared with all the others, and a storm has thousands of people waiting.
 */
export class Pauses {
  readonly #waiting = new Map<NodeJS.Timeout, (reason: unknown) => void>();
  #ended: { readonly reason: unknown } | undefined;

  /** Resolves after so many milliseconds; rejects with the reason of the end when that comes first. */
  wait(ms: number): Promise<void> {
    if (this.#ended) return Promise.reject(this.#ended.reason);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(timer);
        resolve();
      }, ms);
      this.#waiting.set(timer, reject);
    });
  }

  /** Ends every wait, now and to come. */
  end(reason: unknown): void {
    this.#ended ??= { reason };
    for (const [timer, reject] of this.#waiting) {
      clearTimeout(timer);
      reject(reason);
    }
    this.#waiting.clear();
  }
}
