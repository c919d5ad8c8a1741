/** Lets items go in the order they come, a batch at a time, so that a burst does not hold up all other traffic. */
export interface Batches<T> {
  add(item: T): void;
  /** Begins with what was added, unless it is under way. */
  begin(): void;
}

/** The shortest batch, in milliseconds; and after how many items it is looked at the clock. */
const SHORTEST = 1;
const GLANCE = 32;

/**
 * Makes an empty queue before `go`. Between batches it is the sockets' turn; each batch may take twice as long as that
 * took, so that more goes than comes, however much that is.
 */
export function batchesOf<T>(go: (item: T) => void): Batches<T> {
  let waiting: T[] = [];
  let next = 0;
  let isUnderWay = false;
  let ended = 0;
  const batch = () => {
    const began = performance.now();
    const until = began + Math.max(SHORTEST, isUnderWay ? 2 * (began - ended) : 0);
    do {
      const end = Math.min(waiting.length, next + GLANCE);
      for (; next < end; next += 1) go(waiting[next] as T);
    } while (next < waiting.length && performance.now() < until);
    isUnderWay = next < waiting.length;
    ended = performance.now();
    if (isUnderWay) setImmediate(batch);
    // What has gone is let go of, also where there is always something waiting.
    if (next > waiting.length / 2) [waiting, next] = [waiting.slice(next), 0];
  };
  return {
    add: (item) => void waiting.push(item),
    begin() {
      if (!isUnderWay && waiting.length > 0) batch();
    },
  };
}
