import { statfs } from 'node:fs/promises';

/** The room of a volume, in bytes. */
export interface Room {
  /** What a process with the rights of this one may still take. */
  readonly free: number;
  /** Room is given out in pieces of this size. */
  readonly block: number;
}

/** Btrfs counts as free what it keeps for itself, from root too (statfs(2), BTRFS_SUPER_MAGIC). */
const BTRFS = 0x9123683e;

/** Looks at the room of the volume a folder is on; root may take what file systems reserve for it. */
export async function roomIn(folder: string): Promise<Room> {
  const { type, bsize, bfree, bavail } = await statfs(folder);
  const mayUseReserve = process.geteuid?.() === 0 && type !== BTRFS;
  return { free: (mayUseReserve ? bfree : bavail) * bsize, block: bsize };
}
