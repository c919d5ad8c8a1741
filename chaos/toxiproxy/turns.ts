/** Lets work on one thing happen one at a time, in the order it was asked for; work on another thing does not wait. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does the work when all work asked for before on the same thing is done. */
  take<T>(thing: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(thing) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(thing, settled);
    void settled.then(() => {
      if (this.#last.get(thing) === settled) this.#last.delete(thing);
    });
    return mine;
  }
}
