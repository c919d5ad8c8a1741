/** First in, first out; an array whose front moves, so that taking costs the same at any length. */
export interface Fifo<Item> {
  readonly items: Item[];
  front: number;
}

/** An empty one. */
export function emptyFifo<Item>(): Fifo<Item> {
  return { items: [], front: 0 };
}

/** How many are in it. */
export function lengthOf({ items, front }: Fifo<unknown>): number {
  return items.length - front;
}

/** Takes the first one out, if any. */
export function taken<Item>(fifo: Fifo<Item>): Item | undefined {
  const { items } = fifo;
  if (fifo.front === items.length) return undefined;
  const item = items[fifo.front];
  fifo.front += 1;
  if (fifo.front === items.length) {
    items.length = 0;
    fifo.front = 0;
  } else if (fifo.front >= 64 && fifo.front * 2 >= items.length) {
    items.splice(0, fifo.front);
    fifo.front = 0;
  }
  return item;
}
