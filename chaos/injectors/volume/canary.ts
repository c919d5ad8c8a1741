import { randomBytes } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';

/** Where more is left free than this, writing as much to see it fail would be a fault of its own. */
const CANARY_MOST = 4 * 1024 * 1024;

/**
 * Tries to write so many bytes into a file and takes it away again. Tells `ok` or the code of the error, and nothing when
 * it would have been too many.
 */
export async function canaryIn(file: string, bytes: number): Promise<string | undefined> {
  if (bytes > CANARY_MOST) return undefined;
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await unlink(file);
      await handle.writeFile(randomBytes(bytes));
      await handle.datasync();
    } finally {
      await handle.close();
    }
    return 'ok';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}
