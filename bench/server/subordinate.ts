import { spawn } from 'node:child_process';
import { deferred } from '../../core/deferred.ts';

/** A process of ours that is spoken to over a channel, and that ends when the channel does. */
export interface Subordinate<To, From extends { readonly did: string }> {
  readonly pid: number;
  tell(message: To): void;
  /** The next message of a kind that nobody has waited for yet; rejects when the process ends or takes too long. */
  heard<Kind extends From['did']>(kind: Kind, limit?: number): Promise<Extract<From, { did: Kind }>>;
  stop(): Promise<void>;
}

const PATIENCE = 10_000;

/** Starts a Node program as a subordinate; `command` may put it on a core first. */
export function subordinate<To, From extends { readonly did: string }>(
  command: readonly string[],
  signal: AbortSignal,
): Subordinate<To, From> {
  signal.throwIfAborted();
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const messages: From[] = [];
  const failed = deferred<never>();
  const closed = deferred<void>();
  let wake = () => {};
  const kill = () => void child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  child.on('message', (message) => {
    messages.push(message as From);
    wake();
  });
  child.once('error', failed.reject);
  child.once('close', (code, by) => {
    signal.removeEventListener('abort', kill);
    closed.resolve();
    failed.reject(signal.aborted ? signal.reason : new Error(`${args.at(-1)} ended: ${by ?? `code ${code}`}`));
  });
  const next = async <Kind extends From['did']>(kind: Kind): Promise<Extract<From, { did: Kind }>> => {
    for (;;) {
      const at = messages.findIndex(({ did }) => did === kind);
      const [found] = at < 0 ? [] : messages.splice(at, 1);
      if (found) return found as Extract<From, { did: Kind }>;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    pid: child.pid ?? 0,
    tell: (message) => void child.send(message as object),
    heard(kind, limit = PATIENCE) {
      const late = deferred<never>();
      const timer = setTimeout(() => late.reject(new Error(`${args.at(-1)}: no "${kind}" in ${limit} ms`)), limit);
      return Promise.race([next(kind), failed.promise, late.promise]).finally(() => clearTimeout(timer));
    },
    async stop() {
      kill();
      await closed.promise;
    },
  };
}
