import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';

/** The room of a volume, in bytes. */
export interface Room {
  readonly size: number;
  /** What a process with the rights of this one may still take. */
  readonly free: number;
  /** Room is given out in pieces of this size. */
  readonly block: number;
}

/** Looks at the room of the volume a folder is on. */
export async function roomIn(folder: string): Promise<Room> {
  const { bsize, blocks, bfree, bavail } = await statfs(folder);
  return { size: blocks * bsize, free: (mayUseReserve ? bfree : bavail) * bsize, block: bsize };
}

/** File systems keep a reserve for whoever has this right (capabilities(7), CAP_SYS_RESOURCE), which root has not in every container. */
const SYS_RESOURCE = 1n << 24n;

const mayUseReserve = hasReserve();

function hasReserve(): boolean {
  if (process.platform !== 'linux') return process.getuid?.() === 0;
  const [, effective] = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return effective !== undefined && (BigInt(`0x${effective}`) & SYS_RESOURCE) !== 0n;
}
