import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Mistakes } from '../../core/mistake.ts';
import { cannotWriteReport } from '../../reports/recording-file.ts';

/** Writes a report; gives what kept it from being written, and leaves nothing half-written then. */
export function writeReport(path: string, content: () => string): Mistakes | undefined {
  const text = content();
  try {
    writeFileSync(path, text);
    return undefined;
  } catch (thrown) {
    if (existsSync(path) && statSync(path).isFile()) rmSync(path);
    return cannotWriteReport(path, thrown);
  }
}
