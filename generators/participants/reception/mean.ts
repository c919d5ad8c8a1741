/** A mean that is taken out once a second. */
export class Mean {
  #sum = 0;
  #count = 0;

  add(value: number): void {
    this.#sum += value;
    this.#count += 1;
  }

  /** The mean since this was last asked; undefined when there was nothing. */
  take(): number | undefined {
    const mean = this.#count > 0 ? this.#sum / this.#count : undefined;
    [this.#sum, this.#count] = [0, 0];
    return mean;
  }
}
