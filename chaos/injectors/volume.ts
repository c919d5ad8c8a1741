import { join, resolve } from 'node:path';
import { CannotInject, type Injector, type Look, type Prepared, type Task } from '../injector.ts';
import type { Undo } from '../undo.ts';
import { startHolder } from './holder.ts';
import { canaryIn } from './volume/canary.ts';
import { roomIn } from './volume/room.ts';
import { mustBeFillable } from './volume/whose.ts';

export interface VolumeOptions {
  /** Folders stormtest writes to itself: their volumes are only filled when the configuration says so. */
  readonly own: readonly string[];
}

/** Fills a volume of this machine. */
export function volumeInjector({ own }: VolumeOptions): Injector<'volume'> {
  return {
    by: 'volume',
    can: ({ kind }) => kind === 'fill',
    prepare: (task) => prepared(task, own),
  };
}

/** Of those who write to a full volume some may find a place that others have just left. */
const REFUSED = 0.8;

async function prepared({ name, does, means }: Task<'volume'>, own: readonly string[]): Promise<Prepared> {
  if (does.kind !== 'fill') throw new CannotInject(`a volume cannot have ${does.kind}`);
  const path = resolve(means.path);
  const { leave } = does;
  await mustBeFillable(means, own);
  const { free, block } = await roomIn(path);
  if (free <= leave) throw new CannotInject(`${path} has only ${free} bytes free, and ${leave} were to be left`);
  const holder = await startHolder();
  const [file, canary] = [join(path, `.${name}`), join(path, `.${name}_canary`)];
  const undo: Undo = {
    kind: 'all',
    parts: [
      { kind: 'holder', process: holder.identity, held: `room of ${path}` },
      { kind: 'file', path: file },
      { kind: 'file', path: canary },
    ],
  };
  return {
    undo,
    inject: () => holder.hold({ hold: 'volume', file, leave }),
    async look(): Promise<Look> {
      const now = await roomIn(path);
      // What root writes into what is kept for it tells nothing of what is left to everybody.
      const tells = leave === 0 || now.kept === 0 || process.geteuid?.() !== 0;
      const written = tells ? await canaryIn(canary, leave + 2 * block) : undefined;
      return { freeBytes: now.free, heldBytes: holder.held(), written };
    },
    bites: (_, during) => filled(during, leave + block),
    gone: (_, after) => emptied(after, leave),
    close: () => holder.close(),
  };
}

function filled(during: readonly Look[], most: number) {
  const { freeBytes, heldBytes } = during.at(-1) ?? {};
  const tried = during.filter(({ written }) => written !== undefined);
  const refused = tried.filter(({ written }) => written === 'ENOSPC' || written === 'EDQUOT').length;
  const isUntried = tried.length === 0;
  const writes = isUntried
    ? 'what is left was not tried to be written'
    : `${refused} of ${tried.length} writes found no room`;
  return {
    holds: isUntried ? Number(freeBytes) < most : refused >= tried.length * REFUSED,
    says: `${freeBytes} bytes free, ${heldBytes} bytes taken, ${writes}`,
  };
}

function emptied(after: readonly Look[], leave: number) {
  const { freeBytes, written } = after.at(-1) ?? {};
  const writes = written === undefined ? '' : `, a write ${written === 'ok' ? 'succeeds' : `fails with ${written}`}`;
  return {
    holds: Number(freeBytes) > leave && (written === undefined || written === 'ok'),
    says: `${freeBytes} bytes free${writes}`,
  };
}
