/** A queue of so many places: who comes when all are taken gets that of whoever came first, of whom nothing is left. */
export class Ring<Item> {
  readonly #size: number;
  readonly #items: Item[] = [];
  #overwritten = 0;

  constructor(size: number) {
    this.#size = size;
  }

  get length(): number {
    return this.#items.length;
  }

  /** How many have lost their place so far. */
  get overwritten(): number {
    return this.#overwritten;
  }

  put(item: Item): void {
    if (this.#items.length >= this.#size) {
      this.#items.shift();
      this.#overwritten += 1;
    }
    this.#items.push(item);
  }

  take(): Item | undefined {
    return this.#items.shift();
  }
}
