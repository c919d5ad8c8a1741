import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { settlesWithin } from '../../core/within.ts';
import { processIdentity } from '../process-identity.ts';
import type { ProcessIdentity } from '../undo.ts';
import type { Order, Report } from './holders/order.ts';

/**
 * A process of stormtest's own that keeps a fault in place for as long as it lives, seen by whoever started it. It ends
 * with this one, however this one ends, and what it held is gone then.
 */
export interface Holder {
  readonly identity: ProcessIdentity;
  /** Resolves as soon as it holds what was ordered; rejects when it cannot. */
  hold(order: Order): Promise<void>;
  /** What it holds now; 0 when it has ended. */
  held(): number;
  /** Ends it. */
  close(): Promise<void>;
}

/** Node runs the built program only; from the sources it is where the build puts it. */
const PROGRAM = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../dist/chaos/injectors/holders/main.js' : 'holders/main.js',
    import.meta.url,
  ),
);

/** How long it may take to let go before it is made to, in milliseconds. */
const ENDS_WITHIN = 2_000;
const LAST_WORDS = 200;

/** Starts a holder that holds nothing yet. It is told nothing of this process' environment, which may hold secrets. */
export async function startHolder(): Promise<Holder> {
  const child = spawn(process.execPath, [PROGRAM], {
    env: { PATH: process.env.PATH },
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  await once(child, 'spawn');
  const ended = once(child, 'exit');
  ended.catch(() => undefined);
  child.on('error', () => undefined);
  const identity = child.pid === undefined ? undefined : processIdentity(child.pid);
  if (!identity) throw new Error('the process that was to hold a fault has ended at once');
  let held = 0;
  let why = 'the process that was to hold it has ended';
  child.on('message', (report: Report) => {
    if (report.did === 'hold') held = report.held;
    else why = report.why;
  });
  child.once('exit', () => {
    held = 0;
  });
  return {
    identity,
    held: () => held,
    async hold(order) {
      if (!child.connected) throw new Error(why);
      const told = once(child, 'message') as Promise<[Report]>;
      told.catch(() => undefined);
      child.send(order);
      // Its last words may come a little later than its end.
      const heard = await Promise.race([told.then(() => true), ended.then(() => settlesWithin(LAST_WORDS, told))]);
      const report = heard ? (await told)[0] : undefined;
      if (report?.did !== 'hold') throw new Error(why);
    },
    async close() {
      if (child.connected) child.disconnect();
      if (await settlesWithin(ENDS_WITHIN, ended)) return;
      child.kill('SIGKILL');
      await ended;
    },
  };
}
