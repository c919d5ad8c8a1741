import { type FileHandle, open, rename, rm } from 'node:fs/promises';

/** So much is written at once while a recording comes in. */
const PIECE = 4_096;

/** Writes a file wholly or not at all: under another name, which it only gives up when all of it is on the volume. */
export async function putWhole(file: string, content: Buffer): Promise<void> {
  const part = `${file}.part`;
  try {
    const handle = await open(part, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/**
 * Writes a file piece by piece, whatever becomes of each: pieces that cannot be written are missing. `failed` is told of
 * every one of them; gives how many bytes are missing in the end.
 */
export async function putAsItComes(file: string, content: Buffer, failed: (error: unknown) => void): Promise<number> {
  let written = 0;
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'wx', 0o600);
    for (let at = 0; at < content.length; at += PIECE) {
      const piece = content.subarray(at, at + PIECE);
      written += await handle.write(piece).then(
        ({ bytesWritten }) => bytesWritten,
        (error: unknown) => {
          failed(error);
          return 0;
        },
      );
    }
  } catch (error) {
    failed(error);
  } finally {
    await handle?.close().catch(failed);
  }
  return content.length - written;
}

/** Whether something was not written for want of room. */
export function isFull(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** What the operating system calls an error. */
export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
