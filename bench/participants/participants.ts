import { fileURLToPath } from 'node:url';
import { type Cores, onCore } from '../cores.ts';
import { type Subordinate, subordinate } from '../server/subordinate.ts';

/** What the process of the participants is told. */
export type ToParticipants =
  /** So many join what is at this port, one every other millisecond. */
  { readonly do: 'attend'; readonly port: number; readonly count: number } | { readonly do: 'tell use' };

/** Since the process began, over all participants. */
export interface Use {
  readonly cpu: number;
  readonly seconds: number;
  readonly received: number;
  readonly lost: number;
  /** Participant-seconds, and those for which the quality floor held. */
  readonly participantSeconds: number;
  readonly held: number;
  /** The longest the loop was away since this was last asked, in milliseconds. */
  readonly lag: number;
  readonly memory: number;
}

export type FromParticipants = { readonly did: 'begin' } | { readonly did: 'attend' } | ({ readonly did: 'use' } & Use);

export type ToFanOut = { readonly do: 'listen' };
export type FromFanOut = { readonly did: 'begin' } | { readonly did: 'listen'; readonly port: number };

/** The engine under test, on the client's core. */
export function startParticipants(cores: Cores | undefined, signal: AbortSignal) {
  return started<ToParticipants, FromParticipants>('engine', cores, 'client', signal);
}

/** A media server of the plainest kind, on the server's core. */
export function startFanOut(cores: Cores | undefined, signal: AbortSignal) {
  return started<ToFanOut, FromFanOut>('fan-out', cores, 'server', signal);
}

function started<To, From extends { readonly did: string }>(
  name: string,
  cores: Cores | undefined,
  side: 'server' | 'client',
  signal: AbortSignal,
): Subordinate<To, From> {
  const program = fileURLToPath(new URL(`${name}-process.js`, import.meta.url));
  return subordinate<To, From>(onCore(cores, side, [process.execPath, program]), signal);
}
