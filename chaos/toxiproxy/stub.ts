import type { Chunk } from './chunk.ts';
import { LONGEST_WAIT } from './lifetime.ts';
import type { Toxic } from './toxic.ts';
import { noop } from './toxics/noop.ts';
import type { Flow } from './toxics/toxic.ts';

/** Where chunks go: the next toxic, or the socket at the end. */
export interface Outlet {
  /** Whether whoever writes has to wait. */
  readonly full: boolean;
  /** Takes a chunk, even when full: nothing that was read is dropped because there is no room for it. */
  offer(chunk: Chunk): void;
  end(): void;
}

/** Chunks that may wait in front of the first toxic before reading stops: to stop and to begin again costs more than they. */
const PORTIONS = 4;

/** What a stub needs of the link it is part of. */
export interface Neighbours {
  /** Where it passes things on to, at this moment. */
  next(): Outlet;
  /** Called when there is room in it again. */
  roomy(): void;
  /** A fresh source of random numbers, one for each time that a toxic begins. */
  draws(): () => number;
}

/** The place of a toxic in a link, with what waits there. It runs the toxic, or nothing where the draw is against it. */
export class Stub implements Flow, Outlet {
  readonly toxic: Toxic;
  readonly #neighbours: Neighbours;
  readonly #waiting: Chunk[] = [];
  #running: Promise<void> = Promise.resolve();
  #wake = () => {};
  #ended = false;
  #closed = false;
  interrupted = false;
  random = () => 0;
  tally = 0;

  constructor(toxic: Toxic, neighbours: Neighbours) {
    this.toxic = toxic;
    this.#neighbours = neighbours;
  }

  get full(): boolean {
    return this.#waiting.length >= (this.toxic.kind.buffer ?? 1);
  }

  /** Whether nothing more is to be read for it from a socket, which is read in larger portions than one chunk. */
  get crowded(): boolean {
    return this.#waiting.length >= Math.max(PORTIONS, this.toxic.kind.buffer ?? 1);
  }

  /** Whether the stream ends here. */
  get closed(): boolean {
    return this.#closed;
  }

  offer(chunk: Chunk): void {
    this.#waiting.push(chunk);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Lets whoever waits look again whether there is still a reason to. */
  wake(): void {
    this.#wake();
  }

  /** Begins anew with the toxic as it is now, and draws again whether it acts. */
  run(): void {
    this.interrupted = false;
    this.random = this.#neighbours.draws();
    const kind = this.random() < this.toxic.toxicity ? this.toxic.kind : noop;
    this.#running = kind.pipe(this, this.toxic.attributes).then(() => {
      if (!this.interrupted) this.close();
    });
  }

  /** Makes the toxic let go, and waits until it has. Tells whether the stream is still open. */
  async interrupt(): Promise<boolean> {
    this.interrupted = true;
    this.#wake();
    await this.#running;
    return !this.#closed;
  }

  /** Hands over what has not gone through the toxic yet, and whether more is to come. */
  leave(next: Outlet): void {
    for (const chunk of this.#waiting.splice(0)) next.offer(chunk);
    if (this.#ended) next.end();
  }

  async read(within = Number.POSITIVE_INFINITY): Promise<Chunk | undefined> {
    const due = performance.now() + within;
    while (!this.interrupted) {
      const chunk = this.#waiting.shift();
      if (chunk) {
        this.#neighbours.roomy();
        return chunk;
      }
      const left = due - performance.now();
      if (this.#ended || left <= 0) return undefined;
      await this.#woken(left);
    }
    return undefined;
  }

  async write(chunk: Chunk): Promise<void> {
    if (chunk.data.length > 0) this.#neighbours.next().offer(chunk);
    while (!this.interrupted && this.#neighbours.next().full) await this.#woken(Number.POSITIVE_INFINITY);
  }

  async pause(ms: number): Promise<void> {
    const due = performance.now() + ms;
    for (let left = ms; left > 0 && !this.interrupted; left = due - performance.now()) {
      // Timers are no finer than a millisecond, which is a long time between the pieces of a slicer.
      if (ms < 1) await new Promise(setImmediate);
      else await this.#woken(left);
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#neighbours.next().end();
  }

  #woken(within: number): Promise<void> {
    return new Promise((resolve) => {
      const wait = Math.min(Math.ceil(within), LONGEST_WAIT);
      const timer = within === Number.POSITIVE_INFINITY ? undefined : setTimeout(() => this.#wake(), wait);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
