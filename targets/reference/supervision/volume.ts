import { realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { unready } from '../unready.ts';
import { type Child, hasEnded, startChild, step } from './child.ts';

/** A file system of a size of its own, in memory, that ends with its keeper. */
export interface Volume {
  readonly keeper: Child;
  /** Where it is, for whoever may look into the keeper: it is mounted for that alone. */
  readonly folder: string;
  stop(): Promise<void>;
}

export interface VolumeOptions {
  readonly name: string;
  readonly bytes: number;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/**
 * The script of a volume's keeper: `sh -c KEEPER keeper <bytes> <any folder>`. It mounts a file system over the folder in a
 * mount namespace of its own, where nobody else sees it, and goes there, so that others reach it by what the kernel tells
 * of the keeper. Whoever is not root becomes root of a user namespace of its own first. The end of standard input ends it,
 * and the kernel frees the volume then, however that came.
 */
const KEEPER = `
if unshare -m true 2>/dev/null; then own='-m'; else own='-m -U -r'; fi
exec unshare $own sh -c '
  trap "" HUP INT TERM PIPE
  mount -t tmpfs -o "size=$1,mode=700" stormtest "$2" && cd "$2" && echo mounted && read -r _' "$0" "$@"
`;

const MEND =
  'it takes Linux, and root or the right to make user namespaces (sysctl kernel.apparmor_restrict_unprivileged_userns=0)';

/** How long it may take to end before it is made to, in milliseconds. */
const STOPPED_WITHIN = 2_000;

/** Makes a volume; throws Mistakes when this machine does not let it, or what the signal was aborted with. */
export async function startVolume({ name, bytes, signal, log }: VolumeOptions): Promise<Volume> {
  if (process.platform !== 'linux') throw unready(`cannot make a volume for ${name}`, MEND);
  const over = await realpath(tmpdir());
  const command = ['sh', '-c', KEEPER, 'keeper', String(bytes), over];
  const keeper = await startChild({ name, command, leash: 'stdin', mend: MEND, log });
  const stop = async () => {
    keeper.process.stdin?.end();
    if (await hasEnded(keeper, STOPPED_WITHIN)) return;
    keeper.process.kill('SIGKILL');
    await keeper.ended;
  };
  try {
    await step(keeper, `the volume for ${name}`, keeper.tail.line(/^(mounted)$/), signal);
    return { keeper, folder: `/proc/${keeper.pid}/cwd`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
