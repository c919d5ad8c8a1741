/** A promise and the two ways to settle it. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(reason: unknown): void;
}

/** Makes a promise that is settled from outside; whether anybody handles its rejection is left to them. */
export function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((ok, bad) => {
    resolve = ok;
    reject = bad;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}

/** Waits for a promise, but rejects with the signal's reason as soon as that is aborted. */
export async function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  // Nobody asks any more what becomes of it then.
  promise.catch(() => {});
  signal.throwIfAborted();
  const aborted = deferred<never>();
  const listener = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', listener);
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', listener);
  }
}
