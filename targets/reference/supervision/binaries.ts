import { access, chown, copyFile, mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Owner } from './owner.ts';

/**
 * The folder of PostgreSQL's programs: the package's own when they run from there, else that of a copy in `folder`. They
 * do not when the owner cannot reach them (a folder above is closed to other users), or when links between the libraries
 * are missing (a package cannot carry links; its install script would make them, where install scripts run).
 */
export async function usableBinaries(packaged: string, folder: string, owner: Owner | undefined): Promise<string> {
  const links = await linksOf(packaged);
  const runs = (await areThere(packaged, links)) && (!owner || (await isOpenToAll(join(packaged, 'native'))));
  if (runs) return join(packaged, 'native', 'bin');
  const copy = join(folder, 'postgresql');
  await mkdir(copy, { recursive: true });
  await give(copy, owner);
  await copyFolder(join(packaged, 'native'), join(copy, 'native'), owner);
  for (const { source, target } of links) {
    // A link that was made after all has been copied as a file.
    await symlink(relative(dirname(target), source), join(copy, target)).catch(ignoreExisting);
  }
  return join(copy, 'native', 'bin');
}

/** One link that belongs into the package: paths relative to it. */
interface Link {
  readonly source: string;
  readonly target: string;
}

async function linksOf(packaged: string): Promise<readonly Link[]> {
  const list = await readFile(join(packaged, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  return JSON.parse(list) as readonly Link[];
}

async function areThere(packaged: string, links: readonly Link[]): Promise<boolean> {
  const found = links.map(({ target }) => access(join(packaged, target)).then(...toTruth));
  return (await Promise.all(found)).every(Boolean);
}

const toTruth = [() => true, () => false] as const;

/** Whether every user can enter a folder and all folders above it, and run what lies in its `bin`. */
async function isOpenToAll(folder: string): Promise<boolean> {
  const { mode } = await stat(join(folder, 'bin', 'postgres'));
  if ((mode & 0o005) !== 0o005) return false;
  for (let at = folder; ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

async function copyFolder(from: string, to: string, owner: Owner | undefined): Promise<void> {
  // Given away while still empty: whoever owns a folder can empty it, even if this process ends in the middle.
  await mkdir(to, { recursive: true });
  await give(to, owner);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, copy] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      await copyFolder(source, copy, owner);
      continue;
    }
    await copyFile(source, copy);
    await give(copy, owner);
  }
}

async function give(path: string, owner: Owner | undefined): Promise<void> {
  if (owner) await chown(path, owner.uid, owner.gid);
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
