import type { ChildProcess } from 'node:child_process';
import type { Worker } from 'node:worker_threads';
import type { FromMedia, ToMedia } from './messages.ts';

/** Where participants live, as seen by the load worker: a thread beside it, or a process of its own. */
export interface MediaHost {
  tell(message: ToMedia): void;
  listen(listener: (message: FromMedia) => void): void;
  /** Calls back when it has ended by itself. */
  onGone(listener: (says: string) => void): void;
  end(): void;
}

/** A thread fails like its worker: one that ends by itself is a bug of ours, and ends the run. */
export function threadHost(worker: Worker): MediaHost {
  return {
    tell: (message) => worker.postMessage(message),
    listen: (listener) => void worker.on('message', listener),
    onGone: () => {},
    end: () => void worker.terminate(),
  };
}

/** A process can be brought down by what is native in it; then its people are gone, and everything else is still there. */
export function processHost(child: ChildProcess): MediaHost {
  let ending = false;
  return {
    tell: (message) => {
      if (child.connected) child.send(message);
    },
    listen: (listener) => void child.on('message', (message) => listener(message as FromMedia)),
    onGone: (listener) =>
      void child.on('exit', (code, signal) => {
        if (!ending) listener(`the process of the WebRTC participants ended by itself (${signal ?? `code ${code}`})`);
      }),
    end: () => {
      ending = true;
      child.kill('SIGKILL');
    },
  };
}
