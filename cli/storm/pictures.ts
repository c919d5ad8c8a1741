import { writeFile } from 'node:fs';
import { join } from 'node:path';
import type { Picture } from '../../core/event.ts';

/** Keeps what browsers showed in files of their own beside the recording, which has all of it as well. */
export function picturesIn(folder: string): { keep(picture: Picture): void } {
  let count = 0;
  return {
    keep({ at, why, jpeg }) {
      count += 1;
      const name = `browser-${count}-${why}-${Math.round(at / 1_000)}s.jpg`;
      // A disk that takes no more ends the run by the recording.
      writeFile(join(folder, name), Buffer.from(jpeg, 'base64'), { flag: 'wx' }, () => {});
    },
  };
}
