import { fileURLToPath } from 'node:url';
import { type Subordinate, subordinate } from '../server/subordinate.ts';

/** What a process that holds WebSockets is told: how many, where, and for how many milliseconds. */
export interface ToHolder {
  readonly url: string;
  readonly sockets: number;
  readonly length: number;
}

export type FromHolder =
  | {
      readonly did: 'open';
      readonly open: number;
      /** Why the others are not. */
      readonly failed: readonly string[];
      readonly milliseconds: number;
      /** Resident bytes that each needed, on the client's side. */
      readonly perSocket: number;
    }
  | {
      readonly did: 'hold';
      /** Sockets that brought back a message in the end. */
      readonly answered: number;
      /** Connections that the transport says are open. */
      readonly sockets: number;
      readonly memory: number;
    };

export type Holder = Subordinate<ToHolder, FromHolder>;

type FromServer = { readonly did: 'listen'; readonly port: number };

/** Starts a process that holds sockets. */
export function startHolder(signal: AbortSignal): Holder {
  return subordinate([process.execPath, '--expose-gc', program('holder')], signal);
}

/** Starts a process that echoes, to be stopped by who started it. */
export function startEcho(signal: AbortSignal): Subordinate<never, FromServer> {
  return subordinate([process.execPath, program('server')], signal);
}

function program(name: string): string {
  return fileURLToPath(new URL(`${name}-process.js`, import.meta.url));
}
