import { comes } from '../comes.ts';
import { processBehind } from '../injectors/process/named.ts';
import { isAlive } from '../process-identity.ts';
import { COMMAND_LIMIT, ran } from '../shell.ts';
import type { Restart } from '../undo.ts';

/** How long a process may take to be there again after its command, or by whoever supervises it; milliseconds. */
const BACK_WITHIN = 8_000;
/** How long one may seem to live that has just been killed, by somebody who has died of the same. */
const DIES_WITHIN = 500;

/** Sees to it that a killed process is there again, as another one behind the same pid file. */
export async function restarted({ process: killed, pidFile, command, folder }: Restart): Promise<void> {
  if (!(await comes(() => !isAlive(killed), DIES_WITHIN))) return;
  const isBack = () => processBehind(pidFile) !== undefined;
  if (isBack()) return;
  const by = command === undefined ? undefined : await ran(command, { limit: COMMAND_LIMIT, folder });
  if (await comes(isBack, BACK_WITHIN)) return;
  const how = by === undefined ? 'nobody has started it again' : `\`${command}\` ${by.says}`;
  throw new Error(`process ${killed.pid} is gone and ${pidFile} names no other one that lives: ${how}`);
}
