import { statfs } from 'node:fs/promises';

/** The room of a volume, in bytes. */
export interface Room {
  /** What everybody may still take: df(1) calls it available. */
  readonly free: number;
  /** What is kept beyond that; root may take a part of it. */
  readonly kept: number;
  /** Room is given out in pieces of this size. */
  readonly block: number;
}

/** Looks at the room of the volume a folder is on. */
export async function roomIn(folder: string): Promise<Room> {
  const { bsize, bfree, bavail } = await statfs(folder);
  return { free: bavail * bsize, kept: (bfree - bavail) * bsize, block: bsize };
}
