import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { VolumeMeans } from '../../../core/means.ts';
import { CannotInject } from '../../injector.ts';

/** Whether a volume may be filled: it is one that nobody needs but the target, or the configuration says so. */
export async function mustBeFillable({ path, shared }: VolumeMeans, own: readonly string[]): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) throw new CannotInject(`${path} is no folder`);
  try {
    await access(path, constants.W_OK | constants.X_OK);
  } catch {
    throw new CannotInject(`${path} may not be written to`);
  }
  if (shared === true) return;
  if (await areSame(path, '/')) {
    throw new CannotInject(`${path} is on the root file system: say "shared: true" to have that filled`);
  }
  for (const folder of own) {
    if (await areSame(path, await existing(folder))) {
      throw new CannotInject(`${path} is on the volume stormtest writes to itself (${folder}): say "shared: true"`);
    }
  }
}

/**
 * Whether two folders share their room. Those of one device do; so do subvolumes, and an overlay and what is beneath it,
 * which are devices of their own but tell the same numbers.
 */
async function areSame(one: string, other: string): Promise<boolean> {
  const [{ dev }, { dev: otherDev }] = await Promise.all([stat(one), stat(other)]);
  if (dev === otherDev) return true;
  const [room, otherRoom] = await Promise.all([statfs(one), statfs(other)]);
  return (['bsize', 'blocks', 'bfree', 'bavail'] as const).every((number) => room[number] === otherRoom[number]);
}

/** A folder, or the nearest one above it that is there. */
async function existing(folder: string): Promise<string> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const found = await stat(at).catch(() => undefined);
    if (found || at === dirname(at)) return at;
  }
}
