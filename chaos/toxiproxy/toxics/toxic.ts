import type { Chunk } from '../chunk.ts';

/** A kind of toxic: what can be set about it, and what it does to a stream. One file each, beside this one. */
export interface ToxicKind<Name extends string = string> {
  readonly type: string;
  /** Its attributes in the order they are told, and the Go type the real server keeps each in. */
  readonly attributes: Readonly<Record<Name, 'int' | 'int64'>>;
  /** What the real server calls it where it says what is wrong with a request. */
  readonly struct: string;
  /** Chunks that may wait in front of it. */
  readonly buffer?: number;
  /** Connections that begin while it is there end with a reset. */
  readonly resets?: boolean;
  /** Connections end when it is taken away. */
  readonly endsWithIt?: boolean;
  /** Why attributes cannot be, in words; undefined when they can. */
  complaint?(attributes: Readonly<Record<Name, number>>): string | undefined;
  /**
   * Lets a stream through in its own way until the stream is over or the flow is interrupted: then it passes on at once
   * what it holds, and returns. The stream ends where this returns without having been interrupted.
   */
  pipe(flow: Flow, attributes: Readonly<Record<Name, number>>): Promise<void>;
}

/** One direction of one connection, as a toxic sees it. */
export interface Flow {
  /** True when the toxic is to let go: because it was changed or taken away, or its neighbour was. */
  readonly interrupted: boolean;
  /** Numbers in [0, 1) that follow from the seed. */
  readonly random: () => number;
  /** For what a toxic counts; survives interruptions. */
  tally: number;
  /** The next chunk; undefined when the stream is over, on interruption, and when none came within so many milliseconds. */
  read(within?: number): Promise<Chunk | undefined>;
  /** Passes a chunk on; resolves when there is room for another one. */
  write(chunk: Chunk): Promise<void>;
  /** Waits so many milliseconds, or until it is interrupted. */
  pause(ms: number): Promise<void>;
  /** Ends the stream here, whatever may still come. */
  close(): void;
}
