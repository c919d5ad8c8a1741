import type { Socket } from 'node:net';
import { chunksOf } from './chunk.ts';
import { type Outlet, Stub } from './stub.ts';
import type { Toxic } from './toxic.ts';

/** What a link is made of. */
export interface LinkParts {
  readonly source: Socket;
  readonly dest: Socket;
  readonly toxics: readonly Toxic[];
  /** A fresh source of random numbers for a toxic that begins on this link. */
  readonly draws: (toxic: Toxic) => () => number;
  /** Called once when all that came has been written, or never will be: the destination is to be closed. */
  readonly finish: () => void;
}

/**
 * One direction of a connection: from a socket through the toxics, in their order, to another socket. Without toxics what
 * is read is written as it is. It never holds more than the toxics have room for: a full one stops the reading.
 */
export class Link {
  readonly #source: Socket;
  readonly #dest: Socket;
  readonly #draws: LinkParts['draws'];
  readonly #finish: () => void;
  readonly #stubs: Stub[] = [];
  readonly #sink: Outlet;
  #ended = false;
  #finished = false;
  #changed: Promise<void> = Promise.resolve();

  constructor({ source, dest, toxics, draws, finish }: LinkParts) {
    this.#source = source;
    this.#dest = dest;
    this.#draws = draws;
    this.#finish = finish;
    this.#sink = this.#outletTo(dest);
    for (const toxic of toxics) this.#stubs.push(this.#stubOf(toxic));
    for (const stub of this.#stubs) stub.run();
    source.on('data', (data) => this.#take(data));
    source.once('end', () => this.#end());
    source.once('close', () => this.#end());
    dest.on('drain', this.#written);
    dest.once('close', () => this.abandon());
  }

  /** Puts a toxic behind the others. */
  add(toxic: Toxic): Promise<void> {
    return this.#change(async () => {
      const last = this.#stubs.at(-1);
      if (this.#finished || last?.closed) return;
      const stub = this.#stubOf(toxic);
      this.#stubs.push(stub);
      stub.run();
      // What came before it begins anew, as in the real server: its toxicity is drawn again.
      if (last) await rerun(last);
      this.#regulate();
    });
  }

  /** Begins anew with what a toxic has been changed to; what it held goes on at once. */
  update(toxic: Toxic): Promise<void> {
    return this.#change(async () => {
      const stub = this.#stubs.find((candidate) => candidate.toxic === toxic);
      if (stub) await rerun(stub);
    });
  }

  /** Takes a toxic away; what it held and what waited for it goes on at once. */
  remove(toxic: Toxic): Promise<void> {
    return this.#change(async () => {
      const stub = this.#stubs.find((candidate) => candidate.toxic === toxic);
      // A stub at which the stream has ended stays, so that nothing comes behind the end.
      if (!stub || !(await stub.interrupt())) return;
      if (toxic.kind.endsWithIt) return stub.close();
      const before = this.#stubs[this.#stubs.indexOf(stub) - 1];
      const next = this.#after(stub);
      this.#stubs.splice(this.#stubs.indexOf(stub), 1);
      stub.leave(next);
      if (before) await rerun(before);
      this.#regulate();
    });
  }

  /** Stops at once; what has not been written is lost. */
  abandon(): void {
    this.#finished = true;
    this.#source.pause();
    for (const stub of this.#stubs) void stub.interrupt();
  }

  #change(work: () => Promise<void>): Promise<void> {
    this.#changed = this.#changed.then(() => (this.#finished ? undefined : work()));
    return this.#changed;
  }

  #take(data: Buffer): void {
    // What comes after the end stays unread, so that the kernel tells its sender when the connection is closed.
    if (this.#finished) return void this.#source.pause();
    const [head] = this.#stubs;
    if (!head) {
      if (!this.#dest.write(data)) this.#source.pause();
      return;
    }
    for (const chunk of chunksOf(data)) head.offer(chunk);
    if (head.crowded) this.#source.pause();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    (this.#stubs[0] ?? this.#sink).end();
  }

  #outletTo(dest: Socket): Outlet {
    const stubs = this.#stubs;
    return {
      get full() {
        // Behind toxics every chunk is written by itself, so that its size can be seen at the other end.
        return stubs.length > 0 ? dest.writableLength > 0 : dest.writableNeedDrain;
      },
      offer: ({ data }) => void dest.write(data, this.#written),
      end: () => {
        if (this.#finished) return;
        this.#finished = true;
        this.#finish();
      },
    };
  }

  readonly #written = (): void => {
    this.#stubs.at(-1)?.wake();
    this.#regulate();
  };

  /** Reads on when there is room. */
  #regulate(): void {
    if (this.#finished || this.#ended) return;
    const [head] = this.#stubs;
    const full = head ? head.crowded : this.#sink.full;
    if (full !== this.#source.isPaused()) this.#source[full ? 'pause' : 'resume']();
  }

  #stubOf(toxic: Toxic): Stub {
    const stub: Stub = new Stub(toxic, {
      next: () => this.#after(stub),
      roomy: () => {
        const before = this.#stubs[this.#stubs.indexOf(stub) - 1];
        if (before) before.wake();
        else this.#regulate();
      },
      draws: () => this.#draws(toxic),
    });
    return stub;
  }

  #after(stub: Stub): Outlet {
    return this.#stubs[this.#stubs.indexOf(stub) + 1] ?? this.#sink;
  }
}

async function rerun(stub: Stub): Promise<void> {
  if (await stub.interrupt()) stub.run();
}
