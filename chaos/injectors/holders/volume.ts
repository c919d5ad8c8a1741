import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { roomIn } from '../volume/room.ts';
import type { FillOrder, Hold } from './order.ts';
import { rest } from './rest.ts';

/** How often it is looked whether others have freed something, in milliseconds. */
const LOOK = 100;
/** From so many bytes on it is worth a process that reserves them without writing. */
const MUCH = 16 * 1024 * 1024;
const PIECE = 1024 * 1024;
/** So many blocks are taken singly. */
const LAST = 16;

/**
 * Takes the room of a volume by a file without a name, which the kernel frees when this process ends, and takes what
 * others free meanwhile.
 */
export const holdVolume: Hold<FillOrder> = async ({ file, leave }, signal, tell) => {
  const handle = await open(file, 'wx', 0o600);
  try {
    await unlink(file);
    const { free, kept } = await roomIn(dirname(file));
    if (leave === 0) await isReserved(handle, free + kept);
    for (let told = -1; !signal.aborted; await rest(LOOK, signal)) {
      await taken(handle, dirname(file), leave, signal);
      const held = (await handle.stat()).blocks * 512;
      if (held !== told) tell(held);
      told = held;
    }
  } finally {
    await handle.close();
  }
};

/** Takes room until no more than `leave` bytes are free; when none are to be left, also what root may take beyond that. */
async function taken(handle: FileHandle, folder: string, leave: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { free, block } = await roomIn(folder);
    if (free > leave && (await isTaken(handle, free - leave, block))) continue;
    if (leave > 0 || !(await isWritten(handle, MUCH, block))) return;
  }
}

/** Takes so many bytes or a part of them; false when there is no room for another block. */
async function isTaken(handle: FileHandle, bytes: number, block: number): Promise<boolean> {
  const missing = Math.ceil(bytes / block);
  // A long file takes blocks of its own for where its blocks are: the last ones go one by one, to take none too many.
  const wanted = (missing > 2 * LAST ? missing - LAST : 1) * block;
  if (wanted >= MUCH && (await isReserved(handle, wanted))) return true;
  return isWritten(handle, Math.min(wanted, MUCH), block);
}

/** Reserves room with fallocate(1), where that is there and the file system can. */
async function isReserved(handle: FileHandle, bytes: number): Promise<boolean> {
  const { size } = await handle.stat();
  const child = spawn('fallocate', ['-o', String(size), '-l', String(bytes), '/proc/self/fd/3'], {
    stdio: ['ignore', 'ignore', 'ignore', handle.fd],
  });
  try {
    const [code] = await once(child, 'exit');
    return code === 0;
  } catch {
    return false;
  }
}

/** Appends what no file system can make smaller; false when there is no room for another block. */
async function isWritten(handle: FileHandle, bytes: number, block: number): Promise<boolean> {
  let { size } = await handle.stat();
  const end = size + bytes;
  for (let piece = PIECE; size < end; ) {
    try {
      const { bytesWritten } = await handle.write(NOISE, 0, Math.min(piece, end - size), size);
      size += bytesWritten;
    } catch (error) {
      if (!isFull(error)) throw error;
      if (piece <= block) return false;
      piece = Math.max(block, Math.floor(piece / 2));
    }
  }
  await handle.datasync();
  return true;
}

const NOISE = randomBytes(PIECE);

function isFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
}
