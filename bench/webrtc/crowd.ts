import { fileURLToPath } from 'node:url';
import type { StreamCounts } from '../../core/media.ts';
import type { Bench } from '../bench.ts';
import { onCore } from '../cores.ts';
import type { Hall } from '../server/hall.ts';
import { type Subordinate, subordinate } from '../server/subordinate.ts';

/** What people do in their rooms: send 500 kbit/s of sound and picture, or receive and send nothing. */
export type Role = 'publish' | 'listen';

/** What the process of a crowd is told when it starts. */
export type CrowdSetup = Pick<Hall, 'declaration' | 'beside'>;

export type ToCrowd =
  /** So many join, in turn the rooms of so many; those that are not there are opened. */
  | { readonly do: 'join'; readonly role: Role; readonly people: number; readonly rooms: number }
  | { readonly do: 'tell use' };

/** Over all people of the crowd since it began. */
export interface CrowdUse {
  /** CPU seconds of the process in which their media are, and of the one of their signalling. */
  readonly media: number;
  readonly signalling: number;
  readonly seconds: number;
  /** Participant-seconds, those for which the quality floor held, and those with an estimated MOS of 4 or more. */
  readonly participantSeconds: number;
  readonly held: number;
  readonly clear: number;
  readonly mos: number;
  readonly audio: StreamCounts;
  readonly video: StreamCounts;
  /** What the server reports of what they sent. */
  readonly upstream: StreamCounts;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  /** The longest the loop of their media was away since this was last asked, in milliseconds. */
  readonly lag: number;
}

export type FromCrowd =
  | { readonly did: 'begin' }
  | { readonly did: 'join'; readonly joined: number; readonly failed: readonly string[] }
  | ({ readonly did: 'use' } & CrowdUse);

/** Starts the process of a crowd, whose people live in another one beside it, as in a run; both on the client's core. */
export function startCrowd(
  hall: Hall,
  { cores, signal }: Pick<Bench, 'cores' | 'signal'>,
): Subordinate<ToCrowd, FromCrowd> {
  const program = fileURLToPath(new URL('crowd-process.js', import.meta.url));
  const setup: CrowdSetup = { declaration: hall.declaration, beside: hall.beside };
  return subordinate(onCore(cores, 'client', [process.execPath, program, JSON.stringify(setup)]), signal);
}
