import type { Worker } from 'node:worker_threads';
import { deferred } from '../core/deferred.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** A journey or an adapter threw what is no failure of the target: a bug in it, and the end of the run. */
export class JourneyBroke extends Error {
  override readonly name = 'JourneyBroke';
}

/** The generator's worker threads, spoken to as one. */
export class Crew {
  readonly #workers: readonly Worker[];
  readonly #listeners = new Set<(message: FromWorker, worker: number) => void>();
  readonly #failed = deferred<never>();
  #dismissed = false;

  constructor(workers: readonly Worker[]) {
    this.#workers = workers;
    workers.forEach((worker, index) => {
      worker.on('message', (message: FromWorker) => this.#hear(message, index));
      worker.on('error', (error) => this.#failed.reject(error));
      worker.on('exit', (code) => {
        if (!this.#dismissed) this.#failed.reject(new Error(`a load worker ended by itself with code ${code}`));
      });
    });
  }

  get size(): number {
    return this.#workers.length;
  }

  tell(message: ToWorker): void {
    for (const worker of this.#workers) worker.postMessage(message);
  }

  tellFirst(message: ToWorker): void {
    this.#workers[0]?.postMessage(message);
  }

  /** Calls back with every message from now on; returns how to end that. */
  listen(listener: (message: FromWorker, worker: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when so many workers have sent a message of a kind; rejects when a worker fails. */
  async heard<Kind extends FromWorker['did']>(
    kind: Kind,
    times: number = this.size,
  ): Promise<Extract<FromWorker, { did: Kind }>[]> {
    const heard: Extract<FromWorker, { did: Kind }>[] = [];
    const enough = deferred<void>();
    const end = this.listen((message) => {
      if (message.did === kind) heard.push(message as Extract<FromWorker, { did: Kind }>);
      if (heard.length >= times) enough.resolve();
    });
    try {
      await this.orFailed(enough.promise);
      return heard;
    } finally {
      end();
    }
  }

  /** Waits for something, or for the first failure of a worker. */
  orFailed<T>(waitedFor: Promise<T>): Promise<T> {
    return Promise.race([waitedFor, this.#failed.promise]);
  }

  async dismiss(): Promise<void> {
    this.#dismissed = true;
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #hear(message: FromWorker, worker: number): void {
    if (message.did === 'fail') this.#failed.reject(new JourneyBroke(wordsOf(message.error), { cause: message.error }));
    for (const listener of this.#listeners) listener(message, worker);
  }
}

function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}
