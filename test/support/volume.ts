import { statfsSync, writeFileSync } from 'node:fs';
import { afterAll } from 'vitest';
import { startVolume, type Volume } from '../../targets/reference/supervision/volume.ts';

/** Makes volumes for a test file's tests; each is gone at the end of the file at the latest. */
export function volumes(): (bytes: number) => Promise<Volume> {
  const made: Volume[] = [];
  afterAll(() => Promise.all(made.map((volume) => volume.stop())));
  return async (bytes) => {
    const volume = await startVolume({ name: 'test', bytes, signal: new AbortController().signal, log() {} });
    made.push(volume);
    return volume;
  };
}

/** Whether this machine lets one be made. */
export async function canMakeVolumes(): Promise<boolean> {
  try {
    const volume = await startVolume({ name: 'trial', bytes: 65_536, signal: new AbortController().signal, log() {} });
    await volume.stop();
    return true;
  } catch {
    return false;
  }
}

/** Writes a file that leaves so many bytes of a volume free. */
export function fill(folder: string, leave: number): string {
  const { bavail, bsize } = statfsSync(folder);
  const file = `${folder}/filler`;
  writeFileSync(file, Buffer.alloc(bavail * bsize - leave));
  return file;
}
