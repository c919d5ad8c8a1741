import { spawn } from 'node:child_process';
import type { ProcessIdentity } from '../../undo.ts';

/** Whoever continues a process when the one that stops it is killed. */
export interface Guardian {
  /** It is not needed any more. */
  dismiss(): void;
}

/**
 * Continues a process, if it is still the same one, when standard input ends without a word; for any POSIX shell:
 * `sh -c GUARDIAN guardian <pid> <start time>`.
 */
const GUARDIAN = `
trap '' HUP INT TERM
read -r _ && exit 0
pid=$1
if [ -r /proc/self/stat ]; then
  stat=$(cat "/proc/$pid/stat" 2>/dev/null)
  started=$(set -- \${stat##*) }; echo "\${20}")
else
  started=$(LC_ALL=C TZ=UTC ps -o lstart= -p "$pid" | sed 's/^ *//; s/ *$//')
fi
[ "$started" = "$2" ] && kill -s CONT "$pid"
`;

const MOST_STARTS = 5;

/**
 * Starts a guardian, and another one whenever it is ended from outside. It waits for the end of a pipe from this process,
 * which the kernel closes however this process ends. `lost` is called when it cannot be kept alive.
 */
export function guardianOf({ pid, started }: ProcessIdentity, lost: () => void): Guardian {
  let dismissed = false;
  let starts = 0;
  const start = () => {
    starts += 1;
    const child = spawn('sh', ['-c', GUARDIAN, 'guardian', String(pid), started], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      cwd: '/',
    });
    child.stdin.on('error', () => undefined);
    child.once('error', lost);
    child.once('exit', () => {
      if (dismissed) return;
      if (starts < MOST_STARTS) current = start();
      else lost();
    });
    return child;
  };
  let current = start();
  return {
    dismiss() {
      dismissed = true;
      current.stdin.end('done\n');
    },
  };
}
