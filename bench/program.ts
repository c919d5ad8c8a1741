import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project, seen from the compiled benchmark in bench/dist/bench. */
export const PROJECT: string = fileURLToPath(new URL('../../../', import.meta.url));

/** Where a program is: in .real-parts, where tools/install puts what it builds, or where the system keeps programs. */
export function pathOf(program: string, path: string = process.env.PATH ?? ''): string | undefined {
  const folders = [join(PROJECT, '.real-parts'), ...path.split(delimiter).filter(Boolean), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
