import { Failure, type FailureKind } from '../../core/failure.ts';
import type { Told } from './told.ts';

/** The plugin's answer to one request: no. The session goes on. */
export class Refusal extends Failure {
  /** By the numbers of the plugin. */
  readonly code: number;

  constructor(kind: FailureKind, message: string, code: number) {
    super(kind, message);
    this.code = code;
  }
}

/** What the numbers of the plugin VideoRoom mean that are told apart here. */
export const ROOM_ERROR = { noSuchRoom: 426, roomExists: 427, noSuchFeed: 428, full: 432, unauthorized: 433 } as const;

/** Those of the plugin AudioBridge, which are none of VideoRoom's. */
export const MIX_ERROR = { noSuchRoom: 485, roomExists: 486, unauthorized: 489 } as const;

type Meaning = readonly [kind: FailureKind, says: string];

const OF_ROOMS: Readonly<Record<number, Meaning>> = {
  [ROOM_ERROR.noSuchRoom]: ['status', 'there is no such room'],
  [ROOM_ERROR.roomExists]: ['status', 'there is such a room already'],
  [ROOM_ERROR.noSuchFeed]: ['status', 'there is no such publisher'],
  [ROOM_ERROR.full]: ['shed', 'the room has as many publishers as it takes'],
  [ROOM_ERROR.unauthorized]: ['denied', 'not authorized'],
  [MIX_ERROR.noSuchRoom]: ['status', 'there is no such room'],
  [MIX_ERROR.roomExists]: ['status', 'there is such a room already'],
  [MIX_ERROR.unauthorized]: ['denied', 'not authorized'],
};

/** Numbers of the server itself (`apierror.h`). */
const OF_SERVER: Readonly<Record<number, Meaning>> = {
  403: ['denied', 'not authorized: a secret or a token is missing, or is another one'],
  405: ['denied', 'not authorized for the plugin'],
  458: ['reset', 'the session is gone'],
  459: ['reset', 'the handle is gone'],
  460: ['status', 'it does not have the plugin'],
  472: ['shed', 'it takes no sessions at the moment'],
};

/** What an answer refuses, or undefined when it does not. What the server writes about it may be anything, and is left out. */
export function refusalIn(what: string, { error, data }: Told): Failure | undefined {
  if (error !== undefined) {
    const [kind, says] = OF_SERVER[error] ?? ['status', `error ${error}`];
    return new Failure(kind, `Janus: ${what}: ${says}`);
  }
  const code = data.error_code;
  if (typeof code !== 'number') return undefined;
  const [kind, says] = OF_ROOMS[code] ?? ['status', `error ${code} of the plugin`];
  return new Refusal(kind, `Janus: ${what}: ${says}`, code);
}
